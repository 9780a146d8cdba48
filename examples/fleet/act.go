package main

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

const mostBody = 1 << 20 // bytes of a request

// open begins a case, by the data of its first action.
func (a *api) open(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	action, options, err := a.asked(r, who, workflow.Opening)
	if err != nil {
		return err
	}
	p, err := a.service.Engine.Open(r.Context(), who, who.Body, action, options...)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/v1/cases/"+p.ID)
	return a.done(w, r, who, http.StatusCreated, p)
}

// act does an action to a case.
func (a *api) act(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	action, options, err := a.asked(r, who, r.PathValue("event"))
	if err != nil {
		return err
	}
	match, given, err := revision(r, "If-Match")
	if err != nil {
		return err
	}
	if given {
		options = append(options, workflow.IfRevision(match))
	}
	p, err := a.service.Do(r.Context(), who, r.PathValue("id"), action, options...)
	switch {
	case given && errors.Is(err, workflow.ErrConflict):
		return errStale
	case err != nil:
		return err
	}
	return a.done(w, r, who, http.StatusOK, p)
}

// done answers an act with as much of the case as who did it may see, and of one that
// they see no longer with its ID.
func (a *api) done(w http.ResponseWriter, r *http.Request, who proposal.Actor, status int, p *proposal.Proposal) error {
	visible, ok, err := a.service.As(who).Of(r.Context(), p)
	if err != nil {
		return err
	}
	if !ok {
		visible = &proposal.Proposal{Header: workflow.Header{ID: p.ID, Revision: p.Revision}}
	}
	a.answer(w, status, visible)
	return nil
}

// asked reads an action and what else a request says of it: the header
// Idempotency-Key names the act, so that asking twice is one effect, and the
// parameter at says when it happened, where that was not now.
func (a *api) asked(r *http.Request, who proposal.Actor, event string) (proposal.Action, []workflow.DoOption, error) {
	key := r.Header.Get("Idempotency-Key")
	if key == "" {
		return nil, nil, workflow.Invalid("Idempotency-Key", "empty", "缺少Idempotency-Key", "the header Idempotency-Key is missing")
	}
	options := []workflow.DoOption{workflow.Command(commandOf(who, key))}
	if at := r.URL.Query().Get("at"); at != "" {
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return nil, nil, workflow.Invalid("at", "malformed", "%q不是RFC 3339时间", "%q is no time of RFC 3339", at)
		}
		options = append(options, workflow.Happened(t))
	}
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, mostBody))
	if err != nil {
		return nil, nil, workflow.Invalid("body", "too_long", "请求无法读取，或超过%d字节", "the request cannot be read, or has more than %d bytes", mostBody)
	}
	action, err := a.service.Decode(event, data)
	return action, options, err
}

// commandOf names an act: keys of different people are different.
func commandOf(who proposal.Actor, key string) string { return who.ID + "/" + key }

// revision reads an ETag of ours from a header; * is any.
func revision(r *http.Request, header string) (n uint64, given bool, err error) {
	value := strings.TrimPrefix(strings.TrimSpace(r.Header.Get(header)), "W/")
	if value == "" || value == "*" {
		return 0, false, nil
	}
	number, quoted := strings.CutPrefix(value, `"`)
	number, closed := strings.CutSuffix(number, `"`)
	n, err = strconv.ParseUint(number, 10, 64)
	if err != nil || !quoted || !closed {
		return 0, false, workflow.Invalid(header, "malformed", "%s不是版次", "%s is no revision", value)
	}
	return n, true, nil
}
