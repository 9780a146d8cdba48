package consult

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Dimension is what figures are told apart by.
type Dimension string

// The dimensions.
const (
	ByPlatform Dimension = "platform" // ID; "" for meetings of the conference itself
	ByForm     Dimension = "form"     // of the body's rules; platforms and their quotas have none and stand under ""
	ByKind     Dimension = "kind"     // of platform
	ByTier     Dimension = "tier"     // of platform
	ByBody     Dimension = "body"     // the body itself, without those below it
)

// Group is the figures of one value of a dimension, for one body with all below it.
// Figures.Body is the body that was asked about.
type Group struct {
	Key string `json:"key"`
	Figures
	Adoption activity.Adoption `json:"adoption"` // what became of the opinions
}

// Kept is the share of the platforms under a quota that are not short.
func (g Group) Kept() rates.Rate {
	return rates.Rate{Count: int64(g.Figures.Kept), Base: int64(g.Bound), Of: "bound", Rule: "not_short"}
}

// Done is the share of the items of the checklists that have been confirmed.
func (g Group) Done() rates.Rate {
	return rates.Rate{Count: int64(g.Confirmed), Base: int64(g.Items), Of: "items", Rule: "confirmed"}
}

// FiguresBy divides the figures of a body and those below it, for the year of a day up
// to that day, by a dimension, in order of its values. Added up over the groups, every
// figure is the one that RollUp has for the body.
func (s *Service) FiguresBy(ctx context.Context, body string, on calendar.Date, by Dimension) ([]Group, error) {
	if !slices.Contains([]Dimension{ByPlatform, ByForm, ByKind, ByTier, ByBody}, by) {
		return nil, workflow.Invalid("by", "unknown", "没有分组%q", "there is no dimension %q", by)
	}
	y, err := s.counted(ctx, body, on)
	if err != nil {
		return nil, err
	}
	tiers, err := s.tiers(ctx, on)
	if err != nil {
		return nil, err
	}
	groups := make(map[string]*Group)
	at := func(key string) *Group {
		if groups[key] == nil {
			groups[key] = &Group{Key: key, Figures: Figures{Body: body}}
		}
		return groups[key]
	}
	key := func(a *activity.Activity) string {
		return map[Dimension]string{ByPlatform: a.Platform, ByForm: a.Form, ByKind: a.Kind, ByTier: tiers[a.Platform], ByBody: a.Body}[by]
	}
	for _, c := range y.platforms {
		at(map[Dimension]string{ByPlatform: c.Platform, ByKind: c.Kind, ByTier: tiers[c.Platform], ByBody: c.Body}[by]).add(c.figures())
	}
	for _, a := range y.held {
		g := at(key(a))
		g.add(figuresOf(a, on))
		g.Adoption.Add(a.Adoption(on))
	}
	for _, item := range y.overdue {
		a, err := s.Activities.Get(ctx, item.Activity)
		if err != nil {
			return nil, fmt.Errorf("consult: figures of %s: %w", body, err)
		}
		at(key(a)).add(Figures{Overdue: 1})
	}
	list := make([]Group, 0, len(groups))
	for _, g := range groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b Group) int { return cmp.Compare(a.Key, b.Key) })
	return list, nil
}

// tiers returns the tier of every platform, as it was on a day.
func (s *Service) tiers(ctx context.Context, on calendar.Date) (map[string]string, error) {
	tiers := make(map[string]string)
	err := s.Platforms.Each(ctx, func(p *platform.Platform) error {
		tiers[p.ID] = string(p.As(on).Tier)
		return nil
	})
	return tiers, err
}

// Against is the figures of one value of a dimension beside those of the year before.
type Against struct {
	Key    string `json:"key"`
	Now    Group  `json:"now"`
	Before Group  `json:"before"` // up to the same day of the year before
}

// YearOnYear holds the figures of a year up to a day against those of the year before,
// up to the same day; 29 February against the 28th.
func (s *Service) YearOnYear(ctx context.Context, body string, on calendar.Date, by Dimension) ([]Against, error) {
	before, err := on.AddMonths(-12)
	if err != nil {
		return nil, workflow.Invalid("on", "out_of_range", "%v", "%v", err)
	}
	now, err := s.FiguresBy(ctx, body, on, by)
	if err != nil {
		return nil, err
	}
	then, err := s.FiguresBy(ctx, body, before, by)
	if err != nil {
		return nil, err
	}
	pairs := make(map[string]*Against)
	for _, g := range now {
		pairs[g.Key] = &Against{Key: g.Key, Now: g, Before: Group{Key: g.Key, Figures: Figures{Body: body}}}
	}
	for _, g := range then {
		if pairs[g.Key] == nil {
			pairs[g.Key] = &Against{Key: g.Key, Now: Group{Key: g.Key, Figures: Figures{Body: body}}}
		}
		pairs[g.Key].Before = g
	}
	list := make([]Against, 0, len(pairs))
	for _, p := range pairs {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Against) int { return cmp.Compare(a.Key, b.Key) })
	return list, nil
}
