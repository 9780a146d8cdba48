package rates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/internal/strict"
	"github.com/tian-go/tian/evaluate/points"
)

// mostDigits bounds a count: no report has more.
const mostDigits = 60

// reportJSON is a report on the wire. A report may come with its categories,
// outcomes and source beside what is verified; they are not looked at.
type reportJSON struct {
	Name       string                     `json:"name"`
	Source     json.RawMessage            `json:"source"`
	Note       json.RawMessage            `json:"note"`
	Categories json.RawMessage            `json:"categories"`
	Outcomes   json.RawMessage            `json:"outcomes"`
	Totals     map[string]json.RawMessage `json:"totals"`
	Sums       []sumJSON                  `json:"sums"`
	Rates      []rateOnPaper              `json:"rates"`
}

type sumJSON struct {
	Label string            `json:"label"`
	Total json.RawMessage   `json:"total"`
	Parts []json.RawMessage `json:"parts"`
}

type rateOnPaper struct {
	Label   string          `json:"label"`
	Count   json.RawMessage `json:"count"`
	Base    json.RawMessage `json:"base"`
	Printed json.RawMessage `json:"printed"`
	Group   string          `json:"group"`
}

// DecodeReport reads a report from JSON, strictly:
//
//	{"totals":{"received":19,"filed":7},
//	 "sums":[{"label":"received","total":19,"parts":[7,12]}],
//	 "rates":[{"label":"filed","count":7,"base":"received","printed":"36.8%","group":""}]}
//
// The base of a rate is a number or the name of a total. An error names the
// place: "rates[2].base".
func DecodeReport(data []byte) (Report, error) {
	var w reportJSON
	if err := strict.Decode(data, &w); err != nil {
		return Report{}, err
	}
	if w.Sums == nil && w.Rates == nil {
		return Report{}, fmt.Errorf("%w: the report has neither sums nor rates", points.ErrInvalid)
	}
	r := Report{Name: w.Name, Totals: make(map[string]*big.Int, len(w.Totals))}
	var err error
	for _, name := range sortedKeys(w.Totals) {
		if r.Totals[name], err = count("totals."+name, w.Totals[name]); err != nil {
			return Report{}, err
		}
	}
	for i, s := range w.Sums {
		at := fmt.Sprintf("sums[%d]", i)
		sum := PrintedSum{Label: s.Label}
		if sum.Total, err = count(at+".total", s.Total); err != nil {
			return Report{}, err
		}
		if s.Parts == nil {
			return Report{}, fmt.Errorf("%w: %s.parts: is missing", points.ErrInvalid, at)
		}
		for k, raw := range s.Parts {
			part, err := count(fmt.Sprintf("%s.parts[%d]", at, k), raw)
			if err != nil {
				return Report{}, err
			}
			sum.Parts = append(sum.Parts, part)
		}
		r.Sums = append(r.Sums, sum)
	}
	for i, p := range w.Rates {
		rate, err := p.read(fmt.Sprintf("rates[%d]", i))
		if err != nil {
			return Report{}, err
		}
		r.Rates = append(r.Rates, rate)
	}
	_, err = r.figures()
	return r, err
}

func (p rateOnPaper) read(at string) (PrintedRate, error) {
	rate := PrintedRate{Label: p.Label, Group: p.Group}
	var err error
	if rate.Count, err = count(at+".count", p.Count); err != nil {
		return PrintedRate{}, err
	}
	if len(p.Base) > 0 && p.Base[0] == '"' {
		err = json.Unmarshal(p.Base, &rate.Of)
		if err == nil && rate.Of == "" {
			err = errors.New("the name of a total is empty")
		}
		if err != nil {
			return PrintedRate{}, fmt.Errorf("%w: %s.base: %w", points.ErrInvalid, at, err)
		}
	} else if rate.Base, err = count(at+".base", p.Base); err != nil {
		return PrintedRate{}, err
	}
	rate.Printed = string(p.Printed)
	if len(p.Printed) > 0 && p.Printed[0] == '"' {
		if err := json.Unmarshal(p.Printed, &rate.Printed); err != nil {
			return PrintedRate{}, fmt.Errorf("%w: %s.printed: %w", points.ErrInvalid, at, err)
		}
	}
	return rate, nil
}

// count reads a whole number that is not negative.
func count(at string, raw json.RawMessage) (*big.Int, error) {
	text := string(bytes.TrimSpace(raw))
	switch {
	case text == "" || text == "null":
		return nil, fmt.Errorf("%w: %s: is missing", points.ErrInvalid, at)
	case text[0] == '-' && digits(text[1:]) && len(text) <= mostDigits:
		return nil, fmt.Errorf("%w: %s: %s is negative; counts are not", points.ErrInvalid, at, text)
	case !digits(text):
		return nil, fmt.Errorf("%w: %s: %s is not a whole number", points.ErrInvalid, at, quote.Short(text))
	case len(text) > mostDigits:
		return nil, fmt.Errorf("%w: %s: a number of %d digits", points.ErrOverflow, at, len(text))
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, fmt.Errorf("%w: %s: %s is not a whole number", points.ErrInvalid, at, quote.Short(text))
	}
	return n, nil
}
