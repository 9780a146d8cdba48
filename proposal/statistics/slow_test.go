package statistics_test

import (
	"slices"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// The second count asks one plain question of every proposal for each figure.

type question struct {
	name string
	of   func(f *statistics.Figures) statistics.Figure
	is   func(p *proposal.Proposal) bool
}

func received(p *proposal.Proposal) bool { return p.State != "draft" }

func merged(p *proposal.Proposal) bool { return received(p) && p.MergedInto != "" }

func turnedDown(p *proposal.Proposal) bool {
	return received(p) && !merged(p) && p.Review != nil && slices.Contains([]string{"refuse", "refer", "settle", "withdraw"}, p.Review.Outcome)
}

func everFiled(p *proposal.Proposal) bool {
	return p.State == "filed" || p.Number != "" || len(p.Parts) > 0
}

func filed(p *proposal.Proposal) bool {
	return received(p) && !merged(p) && !turnedDown(p) && everFiled(p)
}

func held(p *proposal.Proposal, role ...proposal.PartRole) (parts []proposal.Part) {
	if !received(p) || merged(p) {
		return nil
	}
	for _, part := range p.Parts {
		if p.Tracks["part/"+part.Unit] != "released" && slices.Contains(role, part.Role) {
			parts = append(parts, part)
		}
	}
	return parts
}

var everyRole = []proposal.PartRole{proposal.Lead, proposal.Co, proposal.EachOwn}

func required(p *proposal.Proposal) []proposal.Part { return held(p, proposal.Lead, proposal.EachOwn) }

func issued(part proposal.Part) (out []proposal.Answer) {
	for _, a := range part.Replies {
		if !a.Issued.IsZero() {
			out = append(out, a)
		}
	}
	return out
}

func all[T any](of []T, is func(T) bool) bool {
	for _, x := range of {
		if !is(x) {
			return false
		}
	}
	return len(of) > 0
}

func opinions(p *proposal.Proposal) (lasts []proposal.Opinion) {
	for _, part := range required(p) {
		var on []proposal.Opinion
		for _, o := range p.Opinions {
			if o.Unit == part.Unit {
				on = append(on, o)
			}
		}
		if len(on) > 0 {
			lasts = append(lasts, on[len(on)-1])
		}
	}
	return lasts
}

// counted is how the scale of three counts: its keys are what they count as.
func counted(o proposal.Opinion) string { return o.Result }

func questions(m statistics.Merging) []question { //nolint:gocyclo // a list of questions
	total := func(b, over statistics.Base) func(*statistics.Figures) statistics.Figure {
		return func(f *statistics.Figures) statistics.Figure { return f.Share(b, over) }
	}
	by := func(d proposal.Dimension, key string) func(*statistics.Figures) statistics.Figure {
		return func(f *statistics.Figures) statistics.Figure { return f.Figure(d, key, statistics.Stated) }
	}
	in := func(p *proposal.Proposal) bool { return filed(p) || m != statistics.Beside && merged(p) }
	live := func(p *proposal.Proposal) bool { return received(p) && !merged(p) }
	return []question{
		{"received", total(statistics.Received, statistics.Received), received},
		{"drafts", total(statistics.Drafts, statistics.Received), func(p *proposal.Proposal) bool { return p.State == "draft" }},
		{"filed", total(statistics.Filed, statistics.Received), in},
		{"merged", total(statistics.Merged, statistics.Received), merged},
		{"not filed", total(statistics.NotFiled, statistics.Received), turnedDown},
		{"open", total(statistics.Open, statistics.Received), func(p *proposal.Proposal) bool {
			return received(p) && !merged(p) && !turnedDown(p) && !everFiled(p)
		}},
		{"assigned", total(statistics.Assigned, statistics.Filed), func(p *proposal.Proposal) bool { return len(held(p, everyRole...)) > 0 }},
		{"answered", total(statistics.Answered, statistics.Assigned), func(p *proposal.Proposal) bool {
			return all(required(p), func(part proposal.Part) bool { return len(issued(part)) > 0 })
		}},
		{"heard", total(statistics.Heard, statistics.Answered), func(p *proposal.Proposal) bool { return len(opinions(p)) > 0 }},
		{"again", total(statistics.Again, statistics.Assigned), func(p *proposal.Proposal) bool {
			for _, part := range required(p) {
				if len(issued(part)) > 1 {
					return true
				}
				for _, o := range p.Opinions {
					if o.Unit == part.Unit && o.Counts == "dissatisfied" {
						return true
					}
				}
			}
			return false
		}},
		{"raised", total(statistics.Raised, statistics.Answered), func(p *proposal.Proposal) bool {
			for _, part := range required(p) {
				if out := issued(part); len(out) > 0 && len(out[len(out)-1].Raised) > 0 {
					return true
				}
			}
			return false
		}},
		{"key", total(statistics.Key, statistics.Filed), func(p *proposal.Proposal) bool { return live(p) && p.Key != nil }},
		{"supervised", total(statistics.Supervised, statistics.Assigned), func(p *proposal.Proposal) bool { return live(p) && len(p.Supervisions) > 0 }},
		{"visited", total(statistics.Visited, statistics.Assigned), func(p *proposal.Proposal) bool {
			return live(p) && len(p.Supervisions) > 0 && len(p.Supervisions[0].Visits) > 0
		}},
		{"urged", total(statistics.Urged, statistics.Assigned), func(p *proposal.Proposal) bool { return live(p) && len(p.Urgings) > 0 }},
		{"contacted", total(statistics.Contacted, statistics.Assigned), func(p *proposal.Proposal) bool {
			return all(required(p), func(part proposal.Part) bool { return len(part.Contacts) > 0 })
		}},
		{"face to face", total(statistics.FaceToFace, statistics.Assigned), func(p *proposal.Proposal) bool {
			return all(required(p), func(part proposal.Part) bool { return len(part.Contacts) > 0 && part.Contacts[0].Form != "phone" })
		}},
		{"social", by(proposal.ByCategory, "social"), func(p *proposal.Proposal) bool { return received(p) && p.Category == "social" }},
		{"social of filed", by(statistics.OfFiled(proposal.ByCategory), "social"), func(p *proposal.Proposal) bool { return in(p) && p.Category == "social" }},
		{"social of version 2", by(statistics.ByCategoryIn, "categories@2:social"), func(p *proposal.Proposal) bool {
			return received(p) && p.Category == "social" && p.Scheme == "categories@2"
		}},
		{"collective", by(statistics.OfFiled(statistics.ByOrigin), "collective"), func(p *proposal.Proposal) bool { return in(p) && p.Proposer.Kind == "party" }},
		{"plenary", by(statistics.ByTiming, "plenary"), func(p *proposal.Proposal) bool { return received(p) && p.Timing == "plenary" }},
		{"refused as empty", by(statistics.ByRefusal, "refusals@1:empty"), func(p *proposal.Proposal) bool {
			return turnedDown(p) && p.Review.Reason == "empty"
		}},
		{"led", by(statistics.ByMode, "led"), func(p *proposal.Proposal) bool { return len(held(p, everyRole...)) > 0 && p.Mode == "led" }},
		{"tier", by(statistics.ByTier, "主席督办"), func(p *proposal.Proposal) bool { return live(p) && p.Key != nil && p.Key.Tier != "" }},
		{"class a", by(statistics.ByClassIn, "classes@1:a"), func(p *proposal.Proposal) bool {
			for _, part := range required(p) {
				if out := issued(part); len(out) > 0 && out[len(out)-1].Class == "a" {
					return true
				}
			}
			return false
		}},
		{"planned", by(statistics.ByClassAs, "planned"), func(p *proposal.Proposal) bool {
			for _, part := range required(p) {
				if out := issued(part); len(out) > 0 && out[len(out)-1].Class == "b" {
					return true
				}
			}
			return false
		}},
		{"mostly satisfied at worst", by(statistics.ByResultAs, "basically_satisfied"), func(p *proposal.Proposal) bool {
			worst := map[string]bool{}
			for _, o := range opinions(p) {
				worst[counted(o)] = true
			}
			return worst["basically_satisfied"] && !worst["dissatisfied"]
		}},
		{"attitude", by(statistics.ByAttitude, "opinion3@1:satisfied"), func(p *proposal.Proposal) bool {
			for _, o := range opinions(p) {
				if o.Attitude == "satisfied" {
					return true
				}
			}
			return false
		}},
	}
}

// handled reports whether a question is about what units did, which counts for
// the merged ones too under the rule Inside.
func handled(name string) bool {
	return slices.Contains([]string{
		"assigned", "answered", "heard", "again", "raised", "key", "supervised", "visited", "urged", "led", "tier", "class a", "planned",
		"mostly satisfied at worst", "attitude", "contacted", "face to face",
	}, name)
}

func TestFiguresEqualASecondSlowCount(t *testing.T) {
	t.Parallel()
	for _, m := range []statistics.Merging{statistics.Beside, statistics.Inside, statistics.After} {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			proposals := randoms(11, 3000)
			f, err := statistics.Of(each(proposals), options(m))
			require.NoError(t, err)
			for _, q := range questions(m) {
				var ids []string
				for _, p := range proposals {
					if !q.is(p) {
						continue
					}
					ids = append(ids, p.ID)
					if m == statistics.Inside && handled(q.name) {
						ids = append(ids, p.Absorbed...)
					}
				}
				sort.Strings(ids)
				got := q.of(f)
				require.NotEmpty(t, ids, q.name)
				require.EqualValues(t, len(ids), got.Count, q.name)
				require.Equal(t, ids[:5], got.Cases, q.name)
				require.EqualValues(t, len(ids)-5, got.More(), q.name)
			}
			require.Equal(t, f.Total(statistics.Received), f.Total(statistics.NotFiled)+f.Total(statistics.Open)+
				map[bool]int64{true: f.Total(statistics.Filed) + f.Total(statistics.Merged), false: f.Total(statistics.Filed)}[m == statistics.Beside])
		})
	}
}

func TestPromisesAndMembersEqualASecondSlowCount(t *testing.T) {
	t.Parallel()
	proposals := randoms(14, 2000)
	for i, p := range proposals {
		p.Proposer.Name = "委员" + p.Proposer.ID
		if i%7 == 0 {
			p.Proposer.Name = "委员" + p.Proposer.ID + "（另一写法）"
		}
		for k := range p.Cosigners {
			p.Cosigners[k].Name = "委员" + p.Cosigners[k].ID
		}
	}
	o := options(statistics.Beside)
	o.Members = true
	f, err := statistics.Of(each(proposals), o)
	require.NoError(t, err)
	promises := map[statistics.Base]int64{}
	members := map[string]*statistics.Member{}
	member := func(id string) *statistics.Member {
		if members[id] == nil {
			members[id] = &statistics.Member{ID: id, Name: "委员" + id}
		}
		return members[id]
	}
	for _, p := range proposals {
		for _, part := range held(p, everyRole...) {
			for _, a := range issued(part) {
				for _, promise := range a.Promises {
					promises[statistics.Promises]++
					switch open := promise.Settled.IsZero(); {
					case !open && promise.Reason == "":
						promises[statistics.PromisesKept]++
					case !open:
						promises[statistics.PromisesDropped]++
					case promise.By.Before(date(50)):
						promises[statistics.PromisesLate]++
					}
				}
			}
		}
		if !received(p) {
			continue
		}
		if p.Proposer.Kind == "member" || p.Proposer.Kind == "joint" {
			member(p.Proposer.ID).Led++
		}
		for _, c := range p.Cosigners {
			if !c.Organisation && p.Tracks["cosign/"+c.ID] == "consented" {
				member(c.ID).Signed++
			}
		}
	}
	require.Len(t, promises, 4)
	for b, n := range promises {
		require.Equal(t, n, f.Total(b), b)
	}
	kept := f.Share(statistics.PromisesKept, statistics.Promises)
	require.Equal(t, promises[statistics.Promises], kept.Base)
	got := f.Members()
	require.Len(t, got, 5)
	for _, m := range got {
		require.Equal(t, *members[m.ID], m)
	}
	require.True(t, slices.IsSortedFunc(got, func(a, b statistics.Member) int { return int(b.Led - a.Led) }))
	took := f.Participation(20)
	require.Equal(t, []int64{5, 20}, []int64{took.Count, took.Base})

	without, err := statistics.Of(each(proposals), options(statistics.Beside))
	require.NoError(t, err)
	require.Empty(t, without.Members())
}

func TestTheTableByUnitEqualsASecondSlowCount(t *testing.T) {
	t.Parallel()
	proposals := randoms(12, 2000)
	f, err := statistics.Of(each(proposals), options(statistics.Beside))
	require.NoError(t, err)
	var items int64
	for _, u := range f.Units() {
		want := statistics.Unit{Unit: u.Unit, Cases: u.Cases}
		for _, p := range proposals {
			for _, part := range held(p, everyRole...) {
				if part.Unit != u.Unit {
					continue
				}
				want.All++
				switch part.Role {
				case proposal.Lead:
					want.Lead++
				case proposal.Co:
					want.Co++
				case proposal.EachOwn:
					want.Separate++
				}
				if len(issued(part)) > 0 {
					want.Answered++
				}
			}
			for _, o := range opinions(p) {
				if o.Unit != u.Unit {
					continue
				}
				*map[string]*int64{"satisfied": &want.Result.Satisfied, "basically_satisfied": &want.Result.Mostly, "dissatisfied": &want.Result.Dissatisfied}[o.Result]++
				switch o.Attitude {
				case "satisfied":
					want.Attitude.Satisfied++
				case "dissatisfied":
					want.Attitude.Dissatisfied++
				}
			}
		}
		require.Equal(t, want, u)
		require.Equal(t, want.Answered, u.AnsweredRate().Count)
		items += u.All
	}
	require.Equal(t, f.Total(statistics.Items), items)
}

func TestDaysAndLimitsEqualASecondSlowCount(t *testing.T) {
	t.Parallel()
	proposals := randoms(13, 2000)
	f, err := statistics.Of(each(proposals), options(statistics.Beside))
	require.NoError(t, err)
	var took []int
	limits := map[string]*statistics.Limit{"reply": {Limit: "reply"}, "objection": {Limit: "objection"}}
	disordered := int64(0)
	for _, p := range proposals {
		for _, part := range held(p, everyRole...) {
			back := !part.Accepted.IsZero() && part.Accepted.Before(part.Assigned)
			if out := issued(part); len(out) > 0 {
				if days := int(out[0].Issued.Sub(part.Assigned).Hours() / 24); days >= 0 {
					took = append(took, days)
				} else {
					back = true
				}
				for _, o := range p.Opinions {
					if o.Unit == part.Unit {
						back = back || o.At.Before(out[0].Issued)
						break
					}
				}
			}
			if back {
				disordered++
			}
		}
		for _, c := range p.Clocks {
			if !received(p) || merged(p) || p.Tracks["part/"+c.Of] == "released" || c.Lapsed {
				continue
			}
			l := limits[c.Limit]
			if len(c.Extensions) > 0 {
				l.Extended++
			}
			switch {
			case c.Due.IsZero():
				l.Undated++
			case !c.Stopped.IsZero() && c.Stopped.After(c.Due), !c.Stopped.IsZero() && !c.Missed.IsZero():
				l.MetLate++
			case !c.Stopped.IsZero():
				l.Met++
			case c.Due.Before(date(50)):
				l.Overdue++
			default:
				l.Running++
			}
		}
	}
	sort.Ints(took)
	d := f.Days(statistics.ToReply)
	require.EqualValues(t, len(took), d.Count)
	require.Equal(t, took[0], d.Least)
	require.Equal(t, took[(len(took)-1)/2], d.Median)
	require.Equal(t, took[(9*len(took)+9)/10-1], d.Ninety)
	require.Equal(t, took[len(took)-1], d.Most)
	require.Equal(t, took[len(took)-1], d.Slowest[0].Days)
	require.Len(t, d.Slowest, 5)
	require.Equal(t, disordered, f.Total(statistics.Disordered))
	require.Positive(t, disordered)
	for _, l := range f.Limits() {
		l.OverdueCases, l.LateCases = nil, nil
		require.Equal(t, *limits[l.Limit], l)
		require.Positive(t, l.Overdue)
	}
}
