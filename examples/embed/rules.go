package main

import (
	"net/http"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// adopt has a body's own rules, or a lifecycle for its new cases, hold from a day on
// (施行), without a program. The library says who may.
func (a *app) adopt(r *http.Request, who proposal.Actor) (any, error) {
	var adopted workflow.Adopt
	if err := readJSON(r, &adopted); err != nil {
		return nil, err
	}
	c, err := a.acting(r).Adopt(r.Context(), who, who.Body, adopted)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// holds lists what holds in a body, from when, and who adopted it.
func (a *app) holds(r *http.Request, who proposal.Actor) (any, error) {
	return a.svc.Holds(r.Context(), who.Body)
}
