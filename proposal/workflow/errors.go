package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// What can go wrong, for errors.Is. Whatever matches none of these is a fault
// of the store or its database: asking again with the same command is safe.
var (
	ErrNotFound   = store.ErrNotFound                  // there is no such case
	ErrConflict   = store.ErrConflict                  // the case is not at the revision that was asked for
	ErrRefused    = errors.New("workflow: refused")    // it may not happen now
	ErrDenied     = errors.New("workflow: denied")     // this actor may not do it
	ErrInvalid    = errors.New("workflow: invalid")    // the request itself is wrong
	ErrUnreadable = errors.New("workflow: unreadable") // the record is not one that this engine wrote
	ErrBroken     = errors.New("workflow: broken")     // the record is not the one its last entry left; see Accept

	// ErrNewer: the record has fields that this program does not know, as one has
	// that a newer program wrote. It can be read and not acted on: they would be lost.
	ErrNewer = errors.New("workflow: newer")

	// ErrDefinition: the case runs on a definition that this engine was not
	// given, or that was edited since. It is the deployment's fault, not the
	// request's.
	ErrDefinition = errors.New("workflow: definition")
)

const (
	codeNotFound    = "not_found"
	codeConflict    = "conflict"
	codeRefused     = "refused"
	codeDenied      = "denied"
	codeDefinition  = "definition"
	codeUnknownYear = calendar.CodeUnknownYear // a calendar lacks a notice
	codeInvalid     = "invalid"
	codeUnreadable  = "unreadable"
	codeBroken      = "broken"
	codeRewound     = "rewound"
	codeNewer       = "newer"
	codeCancelled   = "cancelled"
	codeUnavailable = "unavailable"
)

// Code returns a stable name for an error's kind, for transport and display:
// "not_found", "conflict", "refused", "denied", "invalid", "unreadable",
// "broken", "newer", "rewound" (the feed is behind its reader), "definition", "unknown_year" (a calendar lacks a notice), "cancelled", or
// "unavailable" for anything else; "" for nil.
func Code(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrNotFound):
		return codeNotFound
	case errors.Is(err, ErrConflict):
		return codeConflict
	case errors.Is(err, ErrRefused):
		return codeRefused
	case errors.Is(err, ErrDenied):
		return codeDenied
	case errors.Is(err, ErrDefinition), errors.Is(err, lifecycle.ErrDefinition):
		return codeDefinition
	case errors.Is(err, calendar.ErrUnknownYear):
		return codeUnknownYear
	case errors.Is(err, ErrInvalid), errors.Is(err, store.ErrInvalid):
		return codeInvalid
	case errors.Is(err, ErrUnreadable):
		return codeUnreadable
	case errors.Is(err, ErrBroken):
		return codeBroken
	case errors.Is(err, store.ErrRewound):
		return codeRewound
	case errors.Is(err, ErrNewer):
		return codeNewer
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return codeCancelled
	}
	return codeUnavailable
}

// Explanation is what a person is told of an error.
type Explanation struct {
	Code     string          `json:"code"`            // as [Code] says
	Field    string          `json:"field,omitempty"` // of the request, when it is invalid
	Message  lifecycle.Label `json:"message"`
	Blockers []Blocker       `json:"blockers,omitempty"` // every reason of a refusal, or the one of a denial
}

// Explain returns what a person is to be told of err, in Chinese and English.
// It says nothing of a fault of the store but that there is one: the text of
// such an error is for the log.
func Explain(err error) Explanation {
	x := Explanation{Code: Code(err), Message: messages[Code(err)]}
	var invalid *InvalidError
	var refused *RefusedError
	var denied *DeniedError
	var definition *lifecycle.DefinitionError
	switch {
	case errors.As(err, &invalid):
		x.Field, x.Message = invalid.Field, invalid.Label
	case errors.As(err, &refused):
		x.Blockers = refused.Blockers
	case errors.As(err, &denied):
		x.Blockers = []Blocker{denied.Reason}
	}
	if errors.As(err, &definition) {
		x.Message = lifecycle.Label{ZH: "流程定义有误", EN: "the definition has problems"}
		for _, p := range definition.Problems {
			x.Blockers = append(x.Blockers, Block(string(p.Code), p.Where+"："+p.ZH, p.Where+": "+p.Text))
		}
	}
	if len(x.Blockers) > 0 {
		x.Message = together(x.Blockers)
	}
	return x
}

// messages says in words what the codes mean.
var messages = map[string]lifecycle.Label{ //nolint:gochecknoglobals // a table that nothing changes
	codeNotFound:    {ZH: "没有这一件", EN: "there is no such case"},
	codeConflict:    {ZH: "此件刚刚有变动，请重新查看", EN: "the case has changed since it was looked at"},
	codeRefused:     {ZH: "现在不能进行", EN: "it may not happen now"},
	codeDenied:      {ZH: "没有权限", EN: "the actor may not do this"},
	codeDefinition:  {ZH: "此件所用的流程不在本系统中", EN: "the lifecycle that the case runs on is not the one this system has"},
	codeUnknownYear: {ZH: "日历缺少该年的放假安排", EN: "the calendar has no notice for that year"},
	codeInvalid:     {ZH: "填报内容有误", EN: "the request is wrong"},
	codeBroken:      {ZH: "此件的记录与留痕不符，须经管理员查明", EN: "the record of the case is not the one its history left; an administrator has to look into it"},
	codeRewound:     {ZH: "总账不到读取方已读到的位置，数据库可能是由备份恢复的", EN: "the feed does not lead to where its reader has got; the database may have been restored from a backup"},
	codeNewer:       {ZH: "此件由较新版本的程序写成，本程序只能查看；请升级后办理", EN: "a newer program wrote this case; this one can only show it"},
	codeUnreadable:  {ZH: "此件的记录无法读取", EN: "the record of the case cannot be read"},
	codeCancelled:   {ZH: "操作已取消或超时", EN: "the call was cancelled, or took too long"},
	codeUnavailable: {ZH: "系统暂时不可用，请稍后再试", EN: "the system is unavailable; try again later"},
}

func together(blockers []Blocker) lifecycle.Label {
	zh, en := make([]string, len(blockers)), make([]string, len(blockers))
	for i, b := range blockers {
		zh[i], en[i] = b.In("zh", b.Code), b.In("en", b.Code)
	}
	return lifecycle.Label{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// Blocker is one reason why something may not happen.
type Blocker = lifecycle.Blocker

// Block makes a blocker of a stable code and its text for people.
func Block(code, zh, en string) Blocker {
	return Blocker{Code: code, Label: lifecycle.Label{ZH: zh, EN: en}}
}

// RefusedError says why an act may not happen now: every reason, not only the
// first. It matches [ErrRefused].
type RefusedError struct {
	ID, Event string
	State     string // of the line the event is on
	Blockers  []Blocker
}

func (e *RefusedError) Error() string {
	texts := make([]string, len(e.Blockers))
	for i, b := range e.Blockers {
		texts[i] = b.String()
	}
	return fmt.Sprintf("%v: %s of %s in state %q: %s", ErrRefused, e.Event, e.ID, e.State, strings.Join(texts, "; "))
}

// Is reports whether target is [ErrRefused].
func (e *RefusedError) Is(target error) bool { return target == ErrRefused }

// Has reports whether one of the blockers has the code.
func (e *RefusedError) Has(code string) bool {
	for _, b := range e.Blockers {
		if b.Code == code {
			return true
		}
	}
	return false
}

// DeniedError says that the actor may not do this to this case, whatever its
// state. It matches [ErrDenied].
type DeniedError struct {
	Actor, Event, ID string
	Reason           Blocker // no_actor, other_body, no_role
}

func (e *DeniedError) Error() string {
	return fmt.Sprintf("%v: %s of %s by %q: %s", ErrDenied, e.Event, e.ID, e.Actor, e.Reason)
}

// Is reports whether target is [ErrDenied].
func (e *DeniedError) Is(target error) bool { return target == ErrDenied }

// InvalidError says which part of a request is wrong, and how. It matches
// [ErrInvalid]. Actions return it from Apply.
type InvalidError struct {
	Field           string // where: a path such as draft.title
	Code            string // stable, such as empty, too_long, unknown
	lifecycle.Label        // what a person is told
}

// Invalid makes an *InvalidError whose text is given as two formats, Chinese and
// English, with the same arguments.
func Invalid(field, code, zh, en string, args ...any) error {
	if len(args) > 0 {
		zh, en = fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)
	}
	return &InvalidError{Field: field, Code: code, Label: lifecycle.Label{ZH: zh, EN: en}}
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("%v: %s: %s (%s)", ErrInvalid, e.Field, e.EN, e.Code)
}

// Is reports whether target is [ErrInvalid].
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }
