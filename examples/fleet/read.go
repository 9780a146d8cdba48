package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

const jsonType = "application/json"

// seen is a case as much as the reader may see of it.
type seen struct {
	workflow.Header
	Revision uint64             `json:"revision"`
	Proposal *proposal.Proposal `json:"proposal"`
}

func etag(p *proposal.Proposal) string { return fmt.Sprintf(`"%d"`, p.Revision) }

func (a *api) answer(w http.ResponseWriter, status int, p *proposal.Proposal) {
	w.Header().Set("ETag", etag(p))
	w.Header().Set("Vary", "Authorization") // what of it is seen hangs on who looks
	write(w, jsonType, status, seen{p.Header, p.Revision, p})
}

// show returns a case, or says that it has not changed since If-None-Match.
func (a *api) show(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	p, err := a.service.As(who).Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	known, given, err := revision(r, "If-None-Match")
	if err != nil {
		return err
	}
	if given && known == p.Revision {
		w.Header().Set("ETag", etag(p))
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	a.answer(w, http.StatusOK, p)
	return nil
}

func (a *api) history(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	entries, err := a.service.As(who).History(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	write(w, jsonType, http.StatusOK, entries)
	return nil
}

// choices tells what the reader may do next, with the fields of each action.
func (a *api) choices(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	choices, err := a.service.As(who).Choices(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	write(w, jsonType, http.StatusOK, choices)
	return nil
}

// counted is a list of somebody's desk.
type counted struct {
	Key   string          `json:"key"`
	Label lifecycle.Label `json:"label"`
	Count int64           `json:"count"`
}

// lists returns the lists of the reader's desk, with their counts.
func (a *api) lists(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	desk := []counted{}
	for _, l := range a.service.Lists() {
		if l.For == workflow.OfUnit && who.Unit == "" || l.For == workflow.OfPerson && who.ID == "" || l.For == workflow.OfBody && who.Body == "" {
			continue
		}
		n, err := a.service.As(who).Count(r.Context(), workflow.Query{List: l.Key})
		if err != nil {
			return err
		}
		desk = append(desk, counted{l.Key, l.Label, n})
	}
	write(w, jsonType, http.StatusOK, desk)
	return nil
}

// listed is a page of a list.
type listed struct {
	Cases []seen `json:"cases"`
	Next  string `json:"next,omitempty"` // for ?after=
}

func (a *api) list(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	most, err := number(r, "max")
	if err != nil {
		return err
	}
	page, err := a.service.As(who).Page(r.Context(), workflow.Query{List: r.PathValue("key"), After: r.URL.Query().Get("after"), Max: most})
	if err != nil {
		return err
	}
	answer := listed{Cases: []seen{}, Next: page.Next}
	for _, p := range page.Cases {
		answer.Cases = append(answer.Cases, seen{p.Header, p.Revision, p})
	}
	write(w, jsonType, http.StatusOK, answer)
	return nil
}

// fed is a page of the feed.
type fed struct {
	Entries []line `json:"entries"`
	Cursor  string `json:"cursor"` // for ?after=, to go on from
}

type line struct {
	Position uint64          `json:"position"`
	Kind     string          `json:"kind"`
	ID       string          `json:"id"`
	Seq      uint64          `json:"seq"`
	Entry    json.RawMessage `json:"entry"`
	Hash     string          `json:"hash"`
}

// entries returns the feed behind a cursor, to an administrator of the body above
// all others: it has the entries of everybody. A database that was restored from a
// backup, and is behind the cursor, answers 410.
func (a *api) entries(w http.ResponseWriter, r *http.Request, who proposal.Actor) error {
	if who.Body != city || !slices.Contains(who.Roles, workflow.Administrator) {
		return &workflow.DeniedError{Actor: who.ID, Event: "feed",
			Reason: workflow.Block("no_role", "总账只供市级管理员读取", "the feed is for an administrator of the city")}
	}
	most, err := number(r, "max")
	if err != nil {
		return err
	}
	var after store.Cursor
	if err := after.UnmarshalText([]byte(r.URL.Query().Get("after"))); err != nil {
		return workflow.Invalid("after", "malformed", "%v", "%v", err)
	}
	lines, next, err := store.Follow(r.Context(), a.feed, after, most)
	if err != nil {
		return err
	}
	answer := fed{Entries: []line{}, Cursor: next.String()}
	for _, l := range lines {
		entry, err := workflow.DecodeEntry(l)
		if err != nil {
			return err
		}
		data, err := json.Marshal(entry)
		if err != nil {
			return fmt.Errorf("entry: %w", err)
		}
		answer.Entries = append(answer.Entries, line{l.Position, l.Kind, l.ID, l.Seq, data, l.Hash})
	}
	write(w, jsonType, http.StatusOK, answer)
	return nil
}

func number(r *http.Request, name string) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, workflow.Invalid(name, "malformed", "%q不是正整数", "%q is not a whole number above 0", text)
	}
	return n, nil
}
