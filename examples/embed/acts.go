package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"gorm.io/gorm"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// seen is a proposal as a browser is told of it: as much as the reader may see.
type seen struct {
	workflow.Header
	Revision uint64             `json:"revision"` // for If-Match
	Proposal *proposal.Proposal `json:"proposal"`
	Receipt  *Receipt           `json:"receipt,omitempty"`
}

func shown(p *proposal.Proposal) seen {
	return seen{Header: p.Header, Revision: p.Revision, Proposal: p}
}

// submission is the body of POST /proposals.
type submission struct {
	Draft   json.RawMessage `json:"draft"`
	Channel string          `json:"channel"`
	Pages   int             `json:"pages"`
}

// submit registers a proposal in the host's table, and opens and submits it, in
// one transaction. The header Idempotency-Key names the act: asking twice is one
// effect, of the host's rows too.
func (a *app) submit(r *http.Request, who proposal.Actor) (any, error) {
	var s submission
	if err := readJSON(r, &s); err != nil {
		return nil, err
	}
	draft, err := a.svc.Decode(workflow.Opening, s.Draft)
	if err != nil {
		return nil, err
	}
	key := r.Header.Get("Idempotency-Key")
	if key == "" {
		return nil, workflow.Invalid("Idempotency-Key", "empty", "缺少Idempotency-Key", "the header Idempotency-Key is missing")
	}
	id := a.svc.OpeningID(who.Body, who.ID+"/"+key)
	var p *proposal.Proposal
	err = a.together(r.Context(), func(rows *gorm.DB, acts *proposal.Service) error {
		receipt := Receipt{ProposalID: id, Channel: s.Channel, Pages: s.Pages, At: time.Now().UTC()}
		if err := rows.Where("proposal_id = ?", id).FirstOrCreate(&receipt).Error; err != nil {
			return err
		}
		if _, err := acts.Engine.Open(r.Context(), who, who.Body, draft, workflow.Command(who.ID+"/"+key)); err != nil {
			return err
		}
		p, err = acts.Do(r.Context(), who, id, proposal.Submit{}, workflow.Command(who.ID+"/"+key+"/submit"))
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.told(r.Context(), who, p)
}

// act does an action whose data is the body of the request, or with ?try says what
// it would do. If-Match holds the revision that the browser showed.
func (a *app) act(r *http.Request, who proposal.Actor) (any, error) {
	action, err := a.action(r, who)
	if err != nil {
		return nil, err
	}
	var options []workflow.DoOption
	if match := r.Header.Get("If-Match"); match != "" {
		var revision uint64
		if _, err := fmt.Sscanf(match, `"%d"`, &revision); err != nil {
			return nil, workflow.Invalid("If-Match", "malformed", "%s不是版次", "%s is no revision", match)
		}
		options = append(options, workflow.IfRevision(revision))
	}
	if key := r.Header.Get("Idempotency-Key"); key != "" {
		options = append(options, workflow.Command(who.ID+"/"+key))
	}
	p, err := a.acting(r).Do(r.Context(), who, r.PathValue("id"), action, options...)
	if err != nil {
		return nil, err
	}
	return a.told(r.Context(), who, p)
}

// told answers an act with as much of the case as who did it may see, and of one that
// they see no longer with its ID.
func (a *app) told(ctx context.Context, who proposal.Actor, p *proposal.Proposal) (any, error) {
	visible, ok, err := a.svc.As(who).Of(ctx, p)
	if err != nil {
		return nil, err
	}
	if !ok {
		visible = &proposal.Proposal{Header: workflow.Header{ID: p.ID, Revision: p.Revision}}
	}
	return shown(visible), nil
}

// acting returns the library to act with: for a request with ?try one that does
// all but commit, so that whoever asks learns what would become of it.
func (a *app) acting(r *http.Request) *proposal.Service {
	if r.URL.Query().Has("try") {
		return a.svc.On(dryrun.New(a.store))
	}
	return a.svc
}

// action reads an action from JSON, or from a form of the page.
func (a *app) action(r *http.Request, who proposal.Actor) (proposal.Action, error) {
	event := r.PathValue("event")
	if r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		data, err := body(r)
		if err != nil {
			return nil, err
		}
		return a.svc.Decode(event, data)
	}
	r.Body = http.MaxBytesReader(nil, r.Body, mostBody)
	if err := r.ParseForm(); err != nil {
		return nil, workflow.Invalid("body", "malformed", "表单无法读取：%v", "the form cannot be read: %v", err)
	}
	described, _ := a.svc.Action(event, who.Body)
	data, err := form.Read(described.Fields, r.PostForm, a.svc.Zone(who.Body))
	if err != nil {
		return nil, err
	}
	return a.svc.Decode(event, data)
}

// choices tells what somebody may do next, and with which fields.
func (a *app) choices(r *http.Request, who proposal.Actor) (any, error) {
	return a.svc.As(who).Choices(r.Context(), r.PathValue("id"))
}

const mostBody = 1 << 20 // bytes of a request

func body(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, mostBody))
	if err != nil {
		return nil, workflow.Invalid("body", "too_long", "请求超过%d字节", "the request has more than %d bytes", mostBody)
	}
	return data, nil
}

func readJSON(r *http.Request, into any) error {
	data, err := body(r)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return workflow.Invalid("body", "malformed", "请求不是所要的JSON：%v", "the request is not the JSON asked for: %v", err)
	}
	return nil
}
