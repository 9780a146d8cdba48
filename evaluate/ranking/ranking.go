package ranking

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// Ties says what rank equals share (并列名次规则).
type Ties string

// The tie rules, on totals 90, 80, 80, 70.
const (
	Competition Ties = "competition" // 1 2 2 4: the next rank is skipped
	Dense       Ties = "dense"       // 1 2 2 3
	Average     Ties = "average"     // 1 2.5 2.5 4
	Highest     Ties = "highest"     // 1 3 3 4: the number not ranked below
	// ByLot orders equals by a recorded lot (抽签): 1 2 3 4. A tie without lots
	// is an error, never settled by the order of the input.
	ByLot Ties = "lot"
)

// Rules say how contenders are put in order. The zero Rules is competition
// ranking without quotas.
type Rules struct {
	// Ties is what equals share; absent is competition.
	Ties Ties `json:"ties,omitempty"`
	// Lots are the recorded lots by name, lower first.
	Lots map[string]int64 `json:"lots,omitempty"`
	// Quotas are given from the top of each league.
	Quotas []Quota `json:"quotas,omitempty"`
}

// Contender is one who is ranked.
type Contender struct {
	Name string // unique among the contenders
	// League (组别) is whom it is ranked among.
	League string
	// Marks are compared in turn, higher is better. All contenders have equally
	// many.
	Marks []points.Points
	// Barred keeps an award of the top from it, as a veto does: it is ranked, and
	// the award goes to the next.
	Barred bool
}

// Place is where a contender stands.
type Place struct {
	// Rank is 1 for the best; an average rank may end in .5.
	Rank points.Points `json:"rank"`
	// Tied is how many stand equal, itself included.
	Tied int `json:"tied,omitempty"`
	// Awards lists the keys of the quotas the contender is in.
	Awards []string `json:"awards,omitempty"`
}

// Rank gives the place of every contender, in their order. The order in which
// they are given decides nothing.
func (r Rules) Rank(contenders []Contender) ([]Place, error) {
	if err := r.check(contenders); err != nil {
		return nil, err
	}
	places := make([]Place, len(contenders))
	leagues := map[string][]int{}
	var names []string
	for i, c := range contenders {
		if _, ok := leagues[c.League]; !ok {
			names = append(names, c.League)
		}
		leagues[c.League] = append(leagues[c.League], i)
	}
	for _, name := range names {
		l := league{rules: r, all: contenders, order: leagues[name]}
		if err := l.rank(places); err != nil {
			return nil, err
		}
	}
	return places, nil
}

func (r Rules) check(contenders []Contender) error {
	switch r.Ties {
	case "", Competition, Dense, Average, Highest, ByLot:
	default:
		return fmt.Errorf("%w: tie rule %s", points.ErrInvalid, quote.Short(string(r.Ties)))
	}
	seen := make(map[string]bool, len(contenders))
	for _, c := range contenders {
		switch {
		case seen[c.Name]:
			return fmt.Errorf("%w: %s is in the ranking twice", points.ErrInvalid, quote.Short(c.Name))
		case len(c.Marks) != len(contenders[0].Marks):
			return fmt.Errorf("%w: %s has %d marks to rank by, %s has %d",
				points.ErrInvalid, quote.Short(c.Name), len(c.Marks), quote.Short(contenders[0].Name), len(contenders[0].Marks))
		}
		seen[c.Name] = true
	}
	keys := map[string]bool{}
	for _, q := range r.Quotas {
		if err := q.check(); err != nil {
			return err
		}
		if keys[q.Key] {
			return fmt.Errorf("%w: quota %s appears twice", points.ErrInvalid, q.Key)
		}
		keys[q.Key] = true
	}
	return nil
}

// league is those who are ranked together: their places in the list of all, the
// best first once they are sorted.
type league struct {
	rules Rules
	all   []Contender
	order []int
}

// compare is below 0 when a stands before b, by marks alone.
func (l league) compare(a, b int) int { return slices.Compare(l.all[b].Marks, l.all[a].Marks) }

// better is compare, and by lot where lots decide.
func (l league) better(a, b int) int {
	if l.rules.Ties != ByLot {
		return l.compare(a, b)
	}
	return cmp.Or(l.compare(a, b), cmp.Compare(l.lot(a), l.lot(b)))
}

func (l league) lot(i int) int64 { return l.rules.Lots[l.all[i].Name] }

func (l league) rank(places []Place) error {
	// Equals keep a fixed order, so that the input's order decides nothing.
	slices.SortFunc(l.order, func(a, b int) int {
		return cmp.Or(l.better(a, b), strings.Compare(l.all[a].Name, l.all[b].Name))
	})
	if l.rules.Ties == ByLot {
		if err := l.needLots(); err != nil {
			return err
		}
	}
	groups := 0
	for i := 0; i < len(l.order); {
		j := i + 1
		for j < len(l.order) && l.better(l.order[i], l.order[j]) == 0 {
			j++
		}
		groups++
		for _, c := range l.order[i:j] {
			places[c].Rank, places[c].Tied = l.rules.Ties.rank(i, j, groups), j-i
		}
		i = j
	}
	for _, q := range l.rules.Quotas {
		winners, err := q.winners(l)
		if err != nil {
			return err
		}
		for _, c := range winners {
			places[c].Awards = append(places[c].Awards, q.Key)
		}
	}
	return nil
}

// rank of those in places i to j-1, the group-th group.
func (t Ties) rank(i, j, group int) points.Points {
	switch t {
	case Dense:
		return points.Points(group) * points.One
	case Average:
		return points.Points(i+1+j) * points.One / 2
	case Highest:
		return points.Points(j) * points.One
	case "", Competition, ByLot:
	}
	return points.Points(i+1) * points.One
}

// needLots reports a tie that has no lots, or equal ones.
func (l league) needLots() error {
	for i := 1; i < len(l.order); i++ {
		a, b := l.order[i-1], l.order[i]
		if l.compare(a, b) != 0 {
			continue
		}
		_, okA := l.rules.Lots[l.all[a].Name]
		_, okB := l.rules.Lots[l.all[b].Name]
		if !okA || !okB || l.lot(a) == l.lot(b) {
			return fmt.Errorf("%w: %s and %s are equal; the tie rule needs a different lot for each",
				points.ErrInvalid, quote.Short(l.all[a].Name), quote.Short(l.all[b].Name))
		}
	}
	return nil
}
