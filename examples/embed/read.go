package main

import (
	"net/http"
	"strconv"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Everything below reads as the actor who asks: what he may not see is not found,
// in no list, and not counted.

// show returns one proposal, with the host's receipt for those who handle it.
func (a *app) show(r *http.Request, who proposal.Actor) (any, error) {
	p, err := a.svc.As(who).Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	s := shown(p)
	var receipt Receipt
	if found := a.db.WithContext(r.Context()).Where("proposal_id = ?", p.ID).Limit(1).Find(&receipt); found.Error != nil {
		return nil, found.Error
	} else if found.RowsAffected > 0 && len(who.Roles) > 0 {
		s.Receipt = &receipt
	}
	return s, nil
}

func (a *app) history(r *http.Request, who proposal.Actor) (any, error) {
	return a.svc.As(who).History(r.Context(), r.PathValue("id"))
}

// counted is a list of somebody's desk.
type counted struct {
	Key   string          `json:"key"`
	Label lifecycle.Label `json:"label"`
	Count int64           `json:"count"`
}

// lists returns the lists of a desk that have something on them.
func (a *app) lists(r *http.Request, who proposal.Actor) (any, error) {
	desk := []counted{}
	for _, l := range a.svc.Lists() {
		if l.For == workflow.OfUnit && who.Unit == "" || l.For == workflow.OfPerson && who.ID == "" {
			continue
		}
		n, err := a.svc.As(who).Count(r.Context(), workflow.Query{List: l.Key})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			desk = append(desk, counted{l.Key, l.Label, n})
		}
	}
	return desk, nil
}

// listed is a page of a list.
type listed struct {
	Count int64  `json:"count"`
	Cases []seen `json:"cases"`
	Next  string `json:"next,omitempty"` // for ?after=
}

func (a *app) list(r *http.Request, who proposal.Actor) (any, error) {
	q := workflow.Query{List: r.PathValue("key"), After: r.FormValue("after"), From: r.FormValue("from"), Until: r.FormValue("until")}
	if most := r.FormValue("max"); most != "" {
		n, err := strconv.Atoi(most)
		if err != nil {
			return nil, workflow.Invalid("max", "malformed", "%q不是整数", "%q is not a whole number", most)
		}
		q.Max = n
	}
	return a.pageOf(r, who, q)
}

// public is what everybody sees: what publication has released.
func (a *app) public(r *http.Request, _ proposal.Actor) (any, error) {
	return a.pageOf(r, proposal.Actor{}, workflow.Query{After: r.FormValue("after")})
}

func (a *app) pageOf(r *http.Request, who proposal.Actor, q workflow.Query) (any, error) {
	reader := a.svc.As(who)
	page, err := reader.Page(r.Context(), q)
	if err != nil {
		return nil, err
	}
	n, err := reader.Count(r.Context(), q)
	if err != nil {
		return nil, err
	}
	answer := listed{Count: n, Cases: []seen{}, Next: page.Next}
	for _, p := range page.Cases {
		answer.Cases = append(answer.Cases, shown(p))
	}
	return answer, nil
}
