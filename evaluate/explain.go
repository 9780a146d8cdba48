package evaluate

import (
	"fmt"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
)

// Difference is one place where two outcomes differ.
type Difference struct {
	Section   string `json:"section"`
	Criterion string `json:"criterion,omitempty"`
	Rule      string `json:"rule"`
	Group     string `json:"group,omitempty"`
	Fact      string `json:"fact,omitempty"`
	// A and B are the points of either side; Diff is A - B.
	A    points.Points `json:"a"`
	B    points.Points `json:"b"`
	Diff points.Points `json:"diff"`
	// NoteA and NoteB are the calculations.
	NoteA string `json:"note_a,omitempty"`
	NoteB string `json:"note_b,omitempty"`
}

// Explanation tells how two totals come to differ. The differences sum exactly
// to Diff = total of A - total of B.
type Explanation struct {
	A           string        `json:"a"`
	B           string        `json:"b"`
	Diff        points.Points `json:"diff"`
	Differences []Difference  `json:"differences"`
}

// Explain compares two scored outcomes of one sheet, line by line, the largest
// difference first. Lines with equal points on both sides are left out.
func Explain(a, b Outcome) (Explanation, error) {
	if a.Hash != b.Hash {
		return Explanation{}, fmt.Errorf("%w: %s and %s were scored by different sheets", points.ErrInvalid, a.Card, b.Card)
	}
	for _, o := range []*Outcome{&a, &b} {
		if !o.Scored() {
			return Explanation{}, &points.UndefinedError{What: "total of " + o.Card, Reason: points.Reason(o.Status)}
		}
	}
	e := Explanation{A: a.Card, B: b.Card}
	var err error
	if e.Diff, err = a.Total.Sub(b.Total); err != nil {
		return Explanation{}, err
	}
	found := map[Difference]*Difference{}
	var order []*Difference
	collect := func(lines []Line, side func(*Difference) (*points.Points, *string)) error {
		for i := range lines {
			l := &lines[i]
			key := Difference{Section: l.Section, Criterion: l.Criterion, Rule: l.Rule, Group: l.Group, Fact: l.Fact}
			d := found[key]
			if d == nil {
				d = new(Difference)
				*d = key
				found[key] = d
				order = append(order, d)
			}
			points, note := side(d)
			if *points, err = points.Add(l.Points); err != nil {
				return err
			}
			*note = l.Note
		}
		return nil
	}
	if err := collect(a.Ledger, func(d *Difference) (*points.Points, *string) { return &d.A, &d.NoteA }); err != nil {
		return Explanation{}, err
	}
	if err := collect(b.Ledger, func(d *Difference) (*points.Points, *string) { return &d.B, &d.NoteB }); err != nil {
		return Explanation{}, err
	}
	for _, d := range order {
		if d.Diff, err = d.A.Sub(d.B); err != nil {
			return Explanation{}, err
		}
		if d.Diff != 0 {
			e.Differences = append(e.Differences, *d)
		}
	}
	sort.SliceStable(e.Differences, func(i, j int) bool {
		return e.Differences[i].Diff.Abs() > e.Differences[j].Diff.Abs()
	})
	return e, nil
}
