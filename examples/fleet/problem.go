package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/tian-go/tian/proposal/workflow"
)

// problem is an error as RFC 9457 has it, with the library's own members behind.
type problem struct {
	Type     string             `json:"type"`
	Title    string             `json:"title"`
	Status   int                `json:"status"`
	Detail   string             `json:"detail,omitempty"`
	Instance string             `json:"instance,omitempty"`
	Code     string             `json:"code"`
	Chinese  string             `json:"detail_zh,omitempty"`
	Field    string             `json:"field,omitempty"`
	Blockers []workflow.Blocker `json:"blockers,omitempty"`
}

// Errors of the API's own.
var (
	errNoLogin    = errors.New("the token is nobody's")
	errNoSuchPath = errors.New("there is nothing at this path")
	errStale      = errors.New("the case is not at the revision of If-Match")
)

// statuses are those of the library's codes; any other is a fault of ours.
func statuses() map[string]int {
	return map[string]int{
		"not_found": http.StatusNotFound, "conflict": http.StatusConflict, "refused": http.StatusUnprocessableEntity,
		"denied": http.StatusForbidden, "invalid": http.StatusBadRequest, "rewound": http.StatusGone,
		"newer": http.StatusServiceUnavailable, "unavailable": http.StatusServiceUnavailable, "cancelled": http.StatusServiceUnavailable,
	}
}

// problemOf says what an error means to whoever asked, in English and Chinese. Of a
// fault of the database it tells nothing but that there is one.
func problemOf(err error) problem {
	own := func(status int, code, en, zh string) problem {
		return problem{Status: status, Code: code, Detail: en, Chinese: zh}
	}
	var p problem
	var invalid *workflow.InvalidError
	switch {
	case errors.Is(err, errNoLogin):
		p = own(http.StatusUnauthorized, "no_login", "the token is nobody's", "令牌无效")
	case errors.Is(err, errNoSuchPath):
		p = own(http.StatusNotFound, "no_such_path", "there is nothing at this path", "没有这个地址")
	case errors.Is(err, errStale):
		p = own(http.StatusPreconditionFailed, "stale", "the case has changed since it was looked at", "此件刚刚有变动，请重新查看")
	default:
		why := workflow.Explain(err)
		p = own(statuses()[why.Code], why.Code, why.Message.EN, why.Message.ZH)
		p.Field, p.Blockers = why.Field, why.Blockers
	}
	switch {
	case errors.As(err, &invalid) && invalid.Code == "reused": // a key that was given for something else
		p.Status = http.StatusUnprocessableEntity
	case p.Status == 0:
		p.Status = http.StatusInternalServerError
	}
	p.Type, p.Title = "urn:tian:problem:"+p.Code, http.StatusText(p.Status)
	return p
}

// refuse answers with the problem that an error is.
func refuse(w http.ResponseWriter, r *http.Request, err error) problem {
	p := problemOf(err)
	p.Instance = r.URL.Path
	write(w, "application/problem+json", p.Status, p)
	return p
}

func write(w http.ResponseWriter, contentType string, status int, answer any) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) //nolint:errchkjson // whoever asked is gone
}
