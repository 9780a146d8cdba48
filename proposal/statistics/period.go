package statistics

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/text"
)

// errEnough ends a walk over a store that nobody wants more of.
var errEnough = errors.New("enough")

// All yields the proposals of a service that answer the conditions, all of them
// when there is none, page by page. A proposal that cannot be read hides no
// other: the error that names each comes last, with a nil proposal.
func All(ctx context.Context, s *proposal.Service, where ...store.Match) iter.Seq2[*proposal.Proposal, error] {
	return func(yield func(*proposal.Proposal, error) bool) {
		err := s.Each(ctx, func(p *proposal.Proposal) error {
			if !yield(p, nil) {
				return errEnough
			}
			return nil
		}, where...)
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, fmt.Errorf("statistics: %w", err))
		}
	}
}

// By counts the proposals of a sequence apart, by what of says of each: its
// session, year, term or body, or something of the caller's own. The figures of
// "" are of those of which it says nothing.
func By(seq iter.Seq2[*proposal.Proposal, error], o Options, of func(*proposal.Proposal) string) (map[string]*Figures, error) {
	groups := make(map[string]*Figures)
	for p, err := range seq {
		if err != nil {
			return groups, err
		}
		key := of(p)
		f := groups[key]
		if f == nil {
			if f, err = New(o); err != nil {
				return nil, err
			}
			groups[key] = f
		}
		f.Add(p)
	}
	return groups, nil
}

// SessionOf is the session (届次) that a proposal is made at or after, in short:
// 11-1 for 十一届一次会议. Other words come back folded.
func SessionOf(p *proposal.Proposal) string {
	if p.Session == "" {
		return ""
	}
	return text.SessionKey(p.Session)
}

// TermOf is the term (届) of that session: 11 for 十一届一次会议, "" for a session
// in other words.
func TermOf(p *proposal.Proposal) string {
	s, ok := text.ParseSession(p.Session)
	if !ok {
		return ""
	}
	return strconv.Itoa(s.Term)
}

// YearOf returns a function that gives the year of a proposal: its own, or else
// that in which it was opened, in the zone of its body; nil is UTC.
func YearOf(zone func(body string) *time.Location) func(*proposal.Proposal) string {
	return func(p *proposal.Proposal) string {
		switch {
		case p.Year != 0:
			return strconv.Itoa(p.Year)
		case p.Opened.IsZero():
			return ""
		case zone == nil:
			return strconv.Itoa(p.Opened.UTC().Year())
		}
		return strconv.Itoa(p.Opened.In(zone(p.Body)).Year())
	}
}

// BodyOf is the body that a proposal belongs to.
func BodyOf(p *proposal.Proposal) string { return p.Body }
