package statistics

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
)

// figureJSON is a figure on the wire: a rate with the cases behind it.
type figureJSON struct {
	rates.Rate

	cases []string
}

func (g figureJSON) MarshalJSON() ([]byte, error) {
	rate, err := json.Marshal(g.Rate)
	if err != nil || len(g.cases) == 0 {
		return rate, err //nolint:wrapcheck // MarshalJSON of Figures says where
	}
	listed, err := json.Marshal(g.cases)
	if err != nil {
		return nil, err //nolint:wrapcheck // as above
	}
	return append(append(append(rate[:len(rate)-1], `,"cases":`...), listed...), '}'), nil
}

// MarshalJSON writes a figure as its rate, with the cases behind it.
func (g Figure) MarshalJSON() ([]byte, error) { return figureJSON{g.Rate, g.Cases}.MarshalJSON() }

// MarshalJSON writes the rule, the totals over what was received, every
// dimension over what states it, and the tables by unit, limit and span.
func (f *Figures) MarshalJSON() ([]byte, error) {
	totals, dimensions := make(map[string]Figure), make(map[string]map[string]Figure)
	for _, key := range f.tally.Keys(total) {
		over := Received
		if strings.HasSuffix(key, string(Items)) || Base(key) == Disordered {
			over = Items
		}
		if strings.HasPrefix(key, string(Promises)) {
			over = Promises
		}
		totals[key] = f.Share(Base(key), over)
	}
	for _, d := range f.Dimensions() {
		if strings.HasPrefix(string(d), ofUnit) || strings.HasPrefix(string(d), ofLimit) || strings.HasPrefix(string(d), ofMember) {
			continue
		}
		dimensions[string(d)] = f.keyed(d)
	}
	days := make([]Days, 0, len(f.spans))
	for _, s := range f.Spans() {
		days = append(days, f.Days(s))
	}
	all := map[string]any{
		"merging": f.options.Merging, "totals": totals, "by": dimensions,
		"units": f.Units(), "limits": f.Limits(), "days": days,
	}
	if f.options.Members {
		all["members"] = f.Members()
	}
	data, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("statistics: %w", err)
	}
	return data, nil
}

func (f *Figures) keyed(d proposal.Dimension) map[string]Figure {
	keyed := make(map[string]Figure)
	for _, key := range f.Keys(d) {
		keyed[key] = f.Figure(d, key, Stated)
	}
	return keyed
}
