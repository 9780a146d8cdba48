package proposal

import (
	"context"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Share (比例) is how many there are to be of something, in percent of a base: key
// proposals are 2 to 6 % of those filed in published rules.
type Share struct {
	Least points.Points `json:"least,omitempty"` // 0: however few
	Most  points.Points `json:"most,omitempty"`  // 0: however many
}

// Standing is how a rate stands to a share.
type Standing string

// The standings.
const (
	Under  Standing = "under"
	Within Standing = "within"
	Over   Standing = "over"
)

func (s *Share) check(field string) error {
	if s == nil {
		return nil
	}
	hundred := 100 * points.One
	if s.Least < 0 || s.Most < 0 || s.Least > hundred || s.Most > hundred || s.Most != 0 && s.Least > s.Most {
		return workflow.Invalid(field, "out_of_range", "比例应在0与100之间，下限不高于上限", "the bounds are percentages, the least no higher than the most")
	}
	return nil
}

// Of tells how a rate stands to the share, exactly. A rate over nothing is within.
func (s Share) Of(r rates.Rate) Standing {
	if r.Undefined() != "" {
		return Within
	}
	is := points.Exact{}
	hundred, err := points.Whole(100)
	if err == nil {
		is = hundred.Scaled(r.Count, r.Base)
	}
	switch {
	case is.Cmp(s.Least.Exact()) < 0:
		return Under
	case s.Most != 0 && is.Cmp(s.Most.Exact()) > 0:
		return Over
	}
	return Within
}

// KeyShare tells how many of the proposals of a body that were filed are key ones,
// among those that answer the conditions, such as those of one session, and how
// that stands to the body's rules; "" where they say nothing.
func (s *Service) KeyShare(ctx context.Context, body string, where ...store.Match) (rates.Rate, Standing, error) {
	r := rates.Rate{Of: "filed", Rule: "key"}
	where = append([]store.Match{{Attr: "body", Op: store.Is, Values: []string{body}}}, where...)
	err := s.Each(ctx, func(p *Proposal) error {
		if p.WasFiled() {
			r.Base++
			if p.Key != nil {
				r.Count++
			}
		}
		return nil
	}, where...)
	if err != nil {
		return rates.Rate{}, "", err //nolint:wrapcheck // the engine's errors are the service's
	}
	share := s.Rules(body).KeyShare
	if share == nil {
		return r, "", nil
	}
	return r, share.Of(r), nil
}
