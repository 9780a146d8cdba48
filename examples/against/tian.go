package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// library keeps proposals with tian, on any of its stores.
type library struct {
	service *proposal.Service
	store   store.Store
}

func newLibrary(st store.Store) (*library, error) {
	now := begins().Add(365 * 24 * time.Hour) // the engine's clock; the acts bring their own time
	service, err := proposal.New(st, workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		return nil, fmt.Errorf("tian: %w", err)
	}
	return &library{service, st}, nil
}

func (l *library) close() error {
	if c, ok := l.store.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func actor(p person) proposal.Actor {
	a := proposal.Actor{ID: p.ID, Body: body, Unit: p.Unit}
	if p.Role != "" {
		a.Roles = []string{p.Role}
	}
	return a
}

func (l *library) open(ctx context.Context, s step) (string, error) {
	p, err := l.service.Open(ctx, actor(s.By), proposal.Draft{
		Title: title(s.Number), Text: proposal.Text{Background: s.Text}, Category: category, Session: session,
	}, workflow.Happened(s.At))
	if err != nil {
		return "", fmt.Errorf("open: %w", err)
	}
	return p.ID, nil
}

func (l *library) do(ctx context.Context, id string, s step) error {
	action, err := actionOf(s)
	if err != nil {
		return err
	}
	_, err = l.service.Do(ctx, actor(s.By), id, action, workflow.Happened(s.At))
	return err
}

func actionOf(s step) (proposal.Action, error) {
	switch s.Event {
	case "submit":
		return proposal.Submit{}, nil
	case "receive":
		return proposal.Receive{}, nil
	case "file":
		return proposal.File{Number: s.Number}, nil
	case "mark_key":
		return proposal.MarkKey{Leader: "主席"}, nil
	case "assign":
		return proposal.Assign{Lead: s.Unit, Co: s.Co}, nil
	case "accept":
		return proposal.Accept{}, nil
	case "reply":
		return proposal.Reply{Text: s.Text, Class: s.Class}, nil
	case "issue_reply":
		return proposal.IssueReply{Unit: s.Unit}, nil
	case "give_opinion":
		return proposal.GiveOpinion{Result: s.Result, Text: s.Text}, nil
	case "close":
		return proposal.Close{}, nil
	}
	return nil, fmt.Errorf("there is no step %q", s.Event)
}

func (l *library) outcome(ctx context.Context, id string) (outcome, error) {
	p, err := l.service.Get(ctx, id)
	if err != nil {
		return outcome{}, fmt.Errorf("get: %w", err)
	}
	entries, err := l.service.History(ctx, id)
	if err != nil {
		return outcome{}, fmt.Errorf("history: %w", err)
	}
	o := outcome{Status: p.State, Parts: map[string]string{}, Trail: len(entries)}
	for _, part := range p.Parts {
		o.Parts[part.Unit] = p.PartState(part.Unit)
	}
	return o, nil
}
