package proposal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// NumberForm (案号格式) is how the numbers of some proposals are printed. Format
// holds {seq} once, or {seq:4} for at least four digits, and may hold {session},
// such as 15-3, and {year}:
//
//	{"format": "{year}{seq:4}"}                                  20240017
//	{"kinds": ["party"], "format": "{seq}党", "sequence": "all"}  17党
//
// A proposal has the first form that takes it. Forms that name one sequence count
// together: 17党 and 17 are not both given. Without a name, each counts for itself.
// Every session counts from 1, or every year where proposals name no session.
type NumberForm struct {
	Kinds    []ProposerKind `json:"kinds,omitempty"`  // whose proposals; none: everybody's
	Timing   Timing         `json:"timing,omitempty"` // made when; "": at any time
	Format   string         `json:"format"`
	Sequence string         `json:"sequence,omitempty"`
}

// maxSequence is the highest number that is given on request.
const maxSequence = 999_999

func (f NumberForm) check(field string) error {
	for i, kind := range f.Kinds {
		if !kind.known() {
			return workflow.Invalid(fmt.Sprintf("%s.kinds[%d]", field, i), "unknown", "没有提案者类别%q", "there is no kind of proposer %q", kind)
		}
	}
	if f.Timing != "" && f.Timing != Plenary && f.Timing != Ordinary {
		return workflow.Invalid(field+".timing", "unknown", "提出时间%q既不是 plenary 也不是 ordinary", "%q is neither plenary nor ordinary", f.Timing)
	}
	if len(f.Format) > maxNumber/2 {
		return workflow.Invalid(field+".format", "too_long", "案号格式%d字节，超过%d字节", "the format has %d bytes, more than %d", len(f.Format), maxNumber/2)
	}
	before, _, after, ok := f.cut()
	if !ok || strings.Contains(after, "{seq") {
		return workflow.Invalid(field+".format", "no_sequence", "案号格式%q应有一个{seq}或{seq:4}", "the format %q needs one {seq} or {seq:4}", f.Format)
	}
	rest := strings.NewReplacer("{session}", "", "{year}", "").Replace(before + after)
	if strings.ContainsAny(rest, "{}0123456789") {
		return workflow.Invalid(field+".format", "unusable", "案号格式%q中除{session}、{year}、{seq}外不能有花括号或数字", "the format %q holds digits or braces beside {session}, {year} and {seq}", f.Format)
	}
	return checkLine(field+".sequence", f.Sequence)
}

// cut returns what stands before and after the count, and its least width.
func (f NumberForm) cut() (before string, width int, after string, ok bool) {
	before, rest, found := strings.Cut(f.Format, "{seq")
	spec, after, closed := strings.Cut(rest, "}")
	if !found || !closed {
		return "", 0, "", false
	}
	if spec == "" {
		return before, 1, after, true
	}
	width, err := strconv.Atoi(strings.TrimPrefix(spec, ":"))
	return before, width, after, err == nil && spec[0] == ':' && width >= 1 && width <= 6
}

func (f NumberForm) takes(p *Proposal) bool {
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, p.Proposer.Kind)) && (f.Timing == "" || f.Timing == p.Timing)
}

// around returns what stands before and after the count in the numbers of a
// proposal's session.
func (f NumberForm) around(p *Proposal) (before, after string) {
	before, _, after, _ = f.cut()
	fill := strings.NewReplacer("{session}", text.SessionKey(p.Session), "{year}", strconv.Itoa(p.Year))
	return fill.Replace(before), fill.Replace(after)
}

// sequence returns the name under which a form counts.
func (f NumberForm) sequence() string {
	if f.Sequence == "" {
		return "=" + f.Format
	}
	return "~" + f.Sequence
}

// number returns the nth number of this form for a proposal.
func (f NumberForm) number(p *Proposal, n int) string {
	_, width, _, _ := f.cut() //nolint:dogsled // the width is all that counts here
	before, after := f.around(p)
	return fmt.Sprintf("%s%0*d%s", before, width, n, after)
}

// count returns which number of this form a proposal was given, in any spelling;
// 0 for none.
func (f NumberForm) count(p *Proposal, number string) int {
	number, key := text.Number(number)
	before, after := f.around(p)
	if digits, ok := strings.CutPrefix(number, text.Narrow(before)); ok {
		if digits, ok = strings.CutSuffix(digits, text.Narrow(after)); ok {
			if n := countOf(digits); n > 0 {
				return n
			}
		}
	}
	for _, digits := range strings.FieldsFunc(number, func(r rune) bool { return r < '0' || r > '9' }) {
		n := countOf(digits)
		if _, same := text.Number(f.number(p, n)); n > 0 && same == key {
			return n
		}
	}
	return 0
}

// countOf reads a count, 0 for what is none.
func countOf(digits string) int {
	if strings.ContainsFunc(digits, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > maxSequence {
		return 0
	}
	return n
}

// formOf returns the form of a proposal's number.
func (r Rules) formOf(p *Proposal) (NumberForm, bool) {
	i := slices.IndexFunc(r.Numbers, func(f NumberForm) bool { return f.takes(p) })
	if i < 0 {
		return NumberForm{}, false
	}
	return r.Numbers[i], true
}

// together returns the forms that count together with one.
func (r Rules) together(f NumberForm) []NumberForm {
	return slices.DeleteFunc(slices.Clone(r.Numbers), func(other NumberForm) bool { return other.sequence() != f.sequence() })
}

// term returns within what a proposal's number is the only one: the session, or
// the year where it names none.
func (p *Proposal) term() string {
	if term := text.SessionKey(p.Session); term != "" || p.Year == 0 {
		return term
	}
	return strconv.Itoa(p.Year)
}

// FileNext files a proposal (立案) under the next number of its session, in the
// form that the rules of its body give it. Numbers that are given so leave no
// gap, however many are given at once: one is taken only when the one before it
// has been. A number given by hand in the meantime is passed over. A proposal that
// has a number keeps it.
//
// It is refused where [File] is, and an ErrInvalid where no form takes the proposal
// or where it names neither session nor year.
func (s *Service) FileNext(ctx context.Context, actor Actor, id string, options ...workflow.DoOption) (*Proposal, error) {
	p, err := s.Get(ctx, id)
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine's errors are the service's
	}
	if p.Number != "" {
		return s.Do(ctx, actor, id, File{Number: p.Number}, options...) //nolint:wrapcheck // the engine's errors are the service's
	}
	rules, err := s.RulesAt(ctx, p.Body, time.Time{})
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine's errors are the service's
	}
	form, ok := rules.formOf(p)
	switch {
	case !ok:
		return nil, workflow.Invalid("number", "no_form", "%s没有适用的案号格式", "no form of numbers takes %s", p.ID)
	case p.term() == "":
		return nil, workflow.Invalid("session", "empty", "%s没有届次，也没有年份，无从编号", "%s names neither session nor year to count in", p.ID)
	case strings.Contains(form.Format, "{session}") && p.Session == "":
		return nil, workflow.Invalid("session", "empty", "案号格式%q要求届次", "the format %q needs a session", form.Format)
	case strings.Contains(form.Format, "{year}") && p.Year == 0:
		return nil, workflow.Invalid("year", "empty", "案号格式%q要求年份", "the format %q needs a year", form.Format)
	}
	n, err := s.firstFree(ctx, p, rules.together(form))
	if err != nil {
		return nil, err
	}
	for ; n <= maxSequence; n++ {
		done, err := s.Do(ctx, actor, id, File{Number: form.number(p, n)}, options...)
		var refused *workflow.RefusedError
		if !errors.As(err, &refused) || !refused.Has("taken") {
			return done, err //nolint:wrapcheck // the engine's errors are the service's
		}
	}
	return nil, workflow.Invalid("number", "too_many", "本届案号已用到%d", "the session has used its numbers up to %d", maxSequence)
}

// firstFree returns a count that nobody has whose predecessor somebody has, or 1.
func (s *Service) firstFree(ctx context.Context, p *Proposal, forms []NumberForm) (int, error) {
	taken, free := 0, 1
	for free <= maxSequence {
		is, err := s.isTaken(ctx, p, forms, free)
		if err != nil {
			return 0, err
		}
		if !is {
			break
		}
		taken, free = free, free*2
	}
	for free-taken > 1 {
		middle := taken + (free-taken)/2
		is, err := s.isTaken(ctx, p, forms, middle)
		switch {
		case err != nil:
			return 0, err
		case is:
			taken = middle
		default:
			free = middle
		}
	}
	return free, nil
}

// isTaken reports whether a case of the same session has the nth number of one of
// the forms from the same body, in which it need not be any more.
func (s *Service) isTaken(ctx context.Context, p *Proposal, forms []NumberForm, n int) (bool, error) {
	numbers := make([]string, len(forms))
	for i, f := range forms {
		numbers[i] = f.number(p, n)
	}
	is := func(attr string, values ...string) store.Match {
		return store.Match{Attr: attr, Op: store.Is, Values: values}
	}
	where := []store.Match{is("number", numbers...)}
	if p.Session != "" {
		where = append(where, is("session", p.Session))
	} else {
		where = append(where, is("year", strconv.Itoa(p.Year)))
	}
	for _, of := range []string{"body", numberedIn} {
		taken, err := s.anyNumbered(ctx, p, append(slices.Clip(where), is(of, p.Body)))
		if taken || err != nil {
			return taken, err
		}
	}
	return false, nil
}

// anyNumbered reports whether one that answers the conditions has its number from
// the body and in the session of p.
func (s *Service) anyNumbered(ctx context.Context, p *Proposal, where []store.Match) (bool, error) {
	for after := ""; ; {
		found, err := s.Find(ctx, after, 0, where...)
		if err != nil {
			return false, err //nolint:wrapcheck // the engine's errors are the service's
		}
		if len(found) == 0 {
			return false, nil
		}
		for _, other := range found {
			if other.term() == p.term() && other.numberedIn() == p.Body {
				return true, nil
			}
			after = other.ID
		}
	}
}
