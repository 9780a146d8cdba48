package proposal_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	spelling "github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// The laws: what holds of proposals at any time, whatever was done by whom in
// whatever order, under any definition that keeps the automatic transitions and the
// guards of endings of the shipped ones. Each returns what is broken, "" for nothing.

// lawsOfOne are of a proposal by itself: no part without an owner, and nothing ended
// with something open.
func lawsOfOne(svc *proposal.Service, p *proposal.Proposal) string {
	m := svc.Machine(p.Definition.Name, p.Definition.Version)
	state, _ := m.State(p.State)
	if p.Stage != m.Stage(p.State, p.Tracks) {
		return fmt.Sprintf("it counts in %s, not %s", p.Stage, m.Stage(p.State, p.Tracks))
	}
	owners := make(map[string]bool)
	live, open, begun, leads := 0, 0, 0, 0
	for i := range p.Parts {
		part := &p.Parts[i]
		means := p.TrackMeans("part", part.Unit)
		if part.Unit == "" || part.Holder() == "" || owners[spelling.Narrow(part.Unit)] || means == "" {
			return fmt.Sprintf("the part of %q has no owner, another with it, or no state", part.Unit)
		}
		owners[spelling.Narrow(part.Unit)] = true
		if slices.Contains([]string{"accepted", "suspended", "checking", "answered"}, means) {
			begun++
		}
		if state.Final && means != "answered" && means != "released" {
			return fmt.Sprintf("it has ended in %s, and the part of %s is %s", p.State, part.Unit, means)
		}
		if means == "released" || !part.Role.Required() {
			continue
		}
		live++
		if part.Role == proposal.Lead {
			leads++
		}
		switch {
		case means != "answered":
			open++
		case part.Reply() == nil || part.Reply().Issued.IsZero():
			if part.Role != proposal.With {
				return fmt.Sprintf("%s has answered by no reply that went out", part.Unit)
			}
		}
	}
	for instance := range p.Tracks {
		if unit, is := cutPrefix(instance, "part/"); is && !owners[spelling.Narrow(unit)] {
			return fmt.Sprintf("there is a state of the part of %q, and no part", unit)
		}
	}
	if broken := lawOfMain(p, live, open, begun); broken != "" {
		return broken
	}
	switch {
	case leads > 1:
		return fmt.Sprintf("%d units lead", leads)
	case state.Final && p.TrackMeans("supervision", "") == "open":
		return "it has ended in " + p.State + ", and is supervised"
	case len(p.Absorbed) != len(p.MergedProposers):
		return fmt.Sprintf("it holds %d, and knows %d proposers of them", len(p.Absorbed), len(p.MergedProposers))
	case (p.Means() == "merged") != (p.MergedInto != ""):
		return fmt.Sprintf("it is %s, and merged into %q", p.State, p.MergedInto)
	}
	return ""
}

// lawOfMain holds the state of the main line against the parts.
func lawOfMain(p *proposal.Proposal, live, open, begun int) string {
	right := live == 0
	switch p.Means() {
	case "assigned":
		right = live > 0 && begun == 0
	case "handling":
		right = open > 0
	case "replied", "feedback", "closed":
		right = live > 0 && open == 0
	}
	if !right {
		return fmt.Sprintf("it is %s, with %d parts to answer, %d of them open, %d begun", p.State, live, open, begun)
	}
	return ""
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return s, false
	}
	return s[len(prefix):], true
}

// lawsOfAll are of proposals together: numbers are given once, and no source of a
// merge is lost.
func lawsOfAll(all map[string]*proposal.Proposal) string {
	numbers := make(map[string]string)
	for id, p := range all {
		if p.Number != "" {
			of := p.Body
			if p.NumberedIn != "" {
				of = p.NumberedIn
			}
			_, number := spelling.Number(p.Number)
			key := fmt.Sprint(of, " ", spelling.SessionKey(p.Session), " ", number)
			if other := numbers[key]; other != "" {
				return fmt.Sprintf("%s and %s have the number %s", id, other, key)
			}
			numbers[key] = id
		}
		if p.MergedInto != "" {
			holder := all[p.MergedInto]
			switch {
			case holder == nil || !slices.Contains(holder.Absorbed, id):
				return fmt.Sprintf("%s is merged into %s, which does not hold it", id, p.MergedInto)
			case holder.Body != p.Body:
				return fmt.Sprintf("%s of %s is held by one of %s", id, p.Body, holder.Body)
			case slices.Contains([]string{"merged", "withdrawn", "refused", "referred", "settled"}, holder.Means()):
				return fmt.Sprintf("%s is lost: %s, which holds it, is %s", id, p.MergedInto, holder.State)
			}
		}
		for _, source := range p.Absorbed {
			if all[source] == nil || all[source].MergedInto != id {
				return fmt.Sprintf("%s holds %s, which does not know of it", id, source)
			}
		}
	}
	return ""
}

// lines are the states of every line of a case; "" is the main one.
type lines map[string]string

func linesOf(p *proposal.Proposal) lines {
	l := lines{"": p.State}
	maps.Copy(l, p.Tracks)
	return l
}

// replay makes the moves of an entry, each of which has to begin where its line is.
// What begins there has no state before, or that in which the track begins.
func (l lines) replay(e workflow.Entry) string {
	for _, m := range e.Moves {
		if at, is := l[m.Line]; is && at != m.From {
			return fmt.Sprintf("entry %d, %s: %q goes on from %s, and was in %s", e.Seq, e.Event, m.Line, m.From, at)
		}
		l[m.Line] = m.To
	}
	return ""
}

// lawOfHistory: the journal leads to the record, and its number was given once.
func lawOfHistory(history []workflow.Entry, p *proposal.Proposal) string {
	now := make(lines)
	for _, e := range history {
		if broken := now.replay(e); broken != "" {
			return broken
		}
	}
	if is := linesOf(p); !reflect.DeepEqual(now, is) {
		return fmt.Sprintf("the journal leads to %v, and it is in %v", now, is)
	}
	return ""
}

// lawOfFigures: the figures of parts equal those of the whole, however they are cut,
// and those that are kept equal those that are counted.
func lawOfFigures(ctx context.Context, svc *proposal.Service, all map[string]*proposal.Proposal) string {
	whole, err := svc.Figures(ctx, nil)
	if err != nil {
		return err.Error()
	}
	kept, err := svc.Tallies(ctx)
	if err != nil {
		return err.Error()
	}
	if !reflect.DeepEqual(whole, kept) {
		return fmt.Sprintf("counted: %+v, kept: %+v", whole, kept)
	}
	sum, one := new(proposal.Tally), new(proposal.Tally)
	for _, t := range whole {
		sum.Merge(t)
	}
	stages := make(map[string]bool)
	for _, p := range all {
		one.Add(p)
		one.Left += int64(len(p.Left()))
		stages[p.Stage] = true
	}
	byStage := new(proposal.Tally)
	for stage := range stages {
		part, err := svc.Figures(ctx, nil, store.Match{Attr: "stage", Op: store.Is, Values: []string{stage}})
		if err != nil {
			return err.Error()
		}
		for _, t := range part {
			byStage.Merge(t)
		}
	}
	if !reflect.DeepEqual(sum, one) || !reflect.DeepEqual(sum, byStage) {
		return fmt.Sprintf("the whole is %+v, one by one %+v, by stage %+v", sum, one, byStage)
	}
	return ""
}
