package evaluate

import (
	"fmt"
	"math"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Stream adds up one group's ballots for many subjects as they come, in
// constant time and without allocation per ballot, for votes too large to keep
// as cards. Sums are exact integers: parts added up separately merge to the
// same bits as one pass, in any order.
//
// A Stream is not safe for concurrent use; give each goroutine its own and
// Merge them.
type Stream struct {
	sheet    *Sheet
	voters   *voters
	subjects int
	ballots  int64
	ranges   []markSpan       // by criterion
	cells    []cell           // by subject, then criterion
	absent   map[int][4]int64 // missing marks by cell, only where there are any
}

// markSpan is the marks from low to low+span.
type markSpan struct {
	low  points.Points
	span uint64
}

// holds compares once for both ends: below low, the difference wraps.
func (r markSpan) holds(m points.Points) bool {
	return uint64(m-r.low) <= r.span //nolint:gosec // wrapping is the point
}

// cell is what is known of one criterion of one subject.
type cell struct {
	sum, n, least, most int64
}

// What stands for a missing mark in a Stream: from streamAbstain on, in the order
// of missingKinds. They lie outside any criterion's range.
const (
	streamAbstain points.Points = math.MinInt64
	streamNotDue  points.Points = streamAbstain + 3
)

// maxStreamed keeps the largest possible sum within 64 bits.
const maxStreamed = int64(math.MaxInt64 / maxRubricPoints)

// Stream starts adding up a group's ballots for subjects numbered from 0. The
// group must be one whose figures come from sums: a mean or a sum, dropping at
// most one extreme at each end by criterion, and no host function.
func (s *Sheet) Stream(group string, subjects int) (*Stream, error) {
	if err := s.compiled(); err != nil {
		return nil, err
	}
	var g *voters
	for _, v := range s.groups {
		if v.Key == group {
			g = v
		}
	}
	if g == nil {
		return nil, fmt.Errorf("%w: there is no group %s", points.ErrInvalid, quote.Short(group))
	}
	if subjects < 1 || subjects > 100_000_000/len(g.leaves) {
		return nil, fmt.Errorf("%w: %d subjects of %d criteria", points.ErrInvalid, subjects, len(g.leaves))
	}
	if why := g.unstreamable(); why != "" {
		return nil, fmt.Errorf("%w: group %s %s", points.ErrInvalid, group, why)
	}
	st := &Stream{
		sheet: s, voters: g, subjects: subjects,
		cells: make([]cell, subjects*len(g.leaves)), absent: map[int][4]int64{},
	}
	for i := range st.cells {
		st.cells[i].least, st.cells[i].most = math.MaxInt64, math.MinInt64
	}
	for _, n := range g.leaves {
		low, high := markRange(n)
		st.ranges = append(st.ranges, markSpan{low, uint64(high - low)}) //nolint:gosec // high is not below low
	}
	return st, nil
}

// unstreamable tells why single ballots are needed, or "".
func (g *voters) unstreamable() string {
	if g.Aggregate == rubric.Median || g.Aggregate == rubric.ModeGrade {
		return "takes the " + string(g.Aggregate) + ", which sums do not give"
	}
	if d := g.Drop; d != nil && (d.By == rubric.DropByTotal || d.Highest > 1 || d.Lowest > 1) {
		return "drops more than sums can tell"
	}
	for _, n := range g.leaves {
		if _, ok := n.rule.(ballotRule); !ok {
			return "judges " + n.path + " by a rule that reads single ballots"
		}
	}
	return ""
}

// Criteria gives the keys of the group's criteria, in the order of Add's marks.
func (st *Stream) Criteria() []string {
	keys := make([]string, len(st.voters.leaves))
	for i, n := range st.voters.leaves {
		keys[i] = n.c.Key
	}
	return keys
}

// Raw turns a mark on the i-th criterion into what Add takes: points as they
// are, a grade into its points, a choice into its coefficient, a missing mark
// into a value outside the range of any criterion.
func (st *Stream) Raw(i int, m Mark) (points.Points, error) {
	if i < 0 || i >= len(st.voters.leaves) {
		return 0, fmt.Errorf("%w: criterion %d of %d", points.ErrInvalid, i, len(st.voters.leaves))
	}
	for k, why := range missingKinds() {
		if m.missing == why {
			return streamAbstain + points.Points(k), nil
		}
	}
	n := st.voters.leaves[i]
	rule, _ := n.rule.(ballotRule) // every rule of a Stream is one
	value, why := rule.raw(m, n)
	if why != "" {
		return 0, problem.List{{Code: problem.Mark, Criterion: n.c.Key, Text: why}}
	}
	return value, nil
}

// Add counts one ballot: a mark for each criterion, in the order of Criteria.
// A mark out of range refuses the whole ballot and changes nothing.
func (st *Stream) Add(subject int, marks []points.Points) error {
	k := len(st.ranges)
	if len(marks) != k || subject < 0 || subject >= st.subjects {
		return fmt.Errorf("%w: %d marks on %d criteria for subject %d of %d", points.ErrInvalid, len(marks), k, subject, st.subjects)
	}
	marks = marks[:k]
	for i, r := range st.ranges {
		if !r.holds(marks[i]) {
			return st.addWithMissing(subject, marks)
		}
	}
	if st.ballots == maxStreamed {
		return fmt.Errorf("%w: more than %d ballots", points.ErrOverflow, maxStreamed)
	}
	st.ballots++
	cells := st.cells[subject*k:][:len(marks)]
	for i, m := range marks {
		cells[i].add(int64(m))
	}
	return nil
}

func (c *cell) add(v int64) {
	c.sum += v
	c.n++
	c.least = min(c.least, v)
	c.most = max(c.most, v)
}

// addWithMissing is Add for ballots that have marks out of range: missing ones,
// or wrong ones.
func (st *Stream) addWithMissing(subject int, marks []points.Points) error {
	for i, m := range marks {
		if r := st.ranges[i]; !r.holds(m) && m > streamNotDue {
			n := st.voters.leaves[i]
			return problem.List{{
				Code: problem.Mark, Criterion: n.c.Key,
				Text: fmt.Sprintf("mark %s lies outside %s to %s", m, r.low, r.low+points.Points(r.span)), //nolint:gosec // the span is small
			}}
		}
	}
	if st.ballots == maxStreamed {
		return fmt.Errorf("%w: more than %d ballots", points.ErrOverflow, maxStreamed)
	}
	st.ballots++
	for i, m := range marks {
		at := subject*len(marks) + i
		if m <= streamNotDue {
			counts := st.absent[at]
			counts[m-streamAbstain]++
			st.absent[at] = counts
			continue
		}
		st.cells[at].add(int64(m))
	}
	return nil
}

// Merge adds what other has counted to st; other is not changed. Both must
// come from the same sheet, group and number of subjects.
func (st *Stream) Merge(other *Stream) error {
	if other == nil || other.sheet.hash != st.sheet.hash || other.voters.Key != st.voters.Key || other.subjects != st.subjects {
		return fmt.Errorf("%w: the streams are not of the same sheet, group and subjects", points.ErrInvalid)
	}
	if st.ballots > maxStreamed-other.ballots {
		return fmt.Errorf("%w: more than %d ballots", points.ErrOverflow, maxStreamed)
	}
	st.ballots += other.ballots
	for i, c := range other.cells {
		own := &st.cells[i]
		own.sum += c.sum
		own.n += c.n
		own.least, own.most = min(own.least, c.least), max(own.most, c.most)
	}
	for at, counts := range other.absent {
		own := st.absent[at]
		for k, n := range counts {
			own[k] += n
		}
		st.absent[at] = own
	}
	return nil
}

// Ballots is how many ballots were counted.
func (st *Stream) Ballots() int64 { return st.ballots }

// Aggregates gives what was added up for a subject, for Card.Aggregates under
// the group's key.
func (st *Stream) Aggregates(subject int) (map[string]Aggregate, error) {
	if subject < 0 || subject >= st.subjects {
		return nil, fmt.Errorf("%w: subject %d of %d", points.ErrInvalid, subject, st.subjects)
	}
	k := len(st.voters.leaves)
	out := make(map[string]Aggregate, k)
	for i, n := range st.voters.leaves {
		at := subject*k + i
		c, missing := st.cells[at], st.absent[at]
		a := Aggregate{Abstain: missing[0], DontKnow: missing[1], Recused: missing[2], NotDue: missing[3]}
		if c.n > 0 {
			a.Count, a.Sum, a.Min, a.Max = c.n, points.Points(c.sum), points.Points(c.least), points.Points(c.most)
		}
		out[n.c.Key] = a
	}
	return out, nil
}
