package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/evaluate/sheets"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// scorePage is a scoring sheet as a form, and what it comes to.
type scorePage struct {
	Names   []string
	Rubric  rubric.Rubric
	Rows    []scoreRow
	Groups  []lifecycle.Label // a column for each ballot
	Outcome *evaluate.Outcome
	Band    string
	Paths   map[string]string // labels, by the path that lines of the ledger have
	Wrong   problem.List
}

// scoreRow is a criterion: a heading, one that a fact is handed in for, or one
// that ballots judge.
type scoreRow struct {
	Depth  int
	Label  string
	Points string
	Facts  []input
	Marks  []input // one for each ballot; without a name where the group does not judge it
}

const ballotsEach = 2 // of a group, on this page

// example fills the sheet that is shown first.
const example = "sheet=proposal_quality&" +
	"m.committee.1.topic=9&m.committee.1.research=8&m.committee.1.analysis=9&m.committee.1.advice=9&m.committee.1.effect=8&m.committee.1.format=10&" +
	"m.experts.1.topic=8&m.experts.1.research=8&m.experts.1.analysis=9&m.experts.1.advice=9&m.experts.1.effect=7&" +
	"m.experts.2.topic=9&m.experts.2.research=7&m.experts.2.analysis=8&m.experts.2.advice=9.5&m.experts.2.effect=8"

// scores shows a sheet that ships, filled in, and what it comes to line by line.
// It keeps nothing: the address has all that was filled in.
func (d *desk) scores(w http.ResponseWriter, r *http.Request) {
	sent := r.URL.Query()
	if sent.Get("sheet") == "" {
		sent, _ = url.ParseQuery(example) // a constant
	}
	lang := d.visitor(r).Lang
	sheet, err := sheets.Sheet(sent.Get("sheet"))
	if err != nil {
		d.tell(w, r, http.StatusNotFound, named("没有这张评分表。", "There is no such sheet."))
		return
	}
	p := &scorePage{Names: sheets.Names(), Rubric: sheet.Rubric(), Paths: map[string]string{}}
	s := scoring{page: p, lang: lang, sent: sent}
	s.draw()
	if len(sent) > 1 {
		outcome, err := s.score(sheet)
		if err != nil && !errors.As(err, &p.Wrong) {
			d.fail(w, r, err)
			return
		}
		if err == nil {
			p.Outcome = &outcome
			for _, b := range p.Rubric.Bands {
				if b.Key == outcome.Band {
					p.Band = s.label(b.Label, b.Key)
				}
			}
		}
	}
	d.show(w, r, http.StatusOK, "score", p)
}

// scoring draws a sheet and reads it back.
type scoring struct {
	page  *scorePage
	lang  string
	sent  url.Values
	facts map[string]any
}

func (s *scoring) label(l rubric.Label, key string) string {
	return lifecycle.Label{ZH: l.Zh, EN: l.En}.In(s.lang, key)
}

func (s *scoring) draw() {
	r := s.page.Rubric
	s.facts = map[string]any{}
	for _, g := range r.Groups {
		for n := range ballotsEach {
			s.page.Groups = append(s.page.Groups, lifecycle.Label{ZH: fmt.Sprint(s.label(g.Label, g.Key), " ", n+1)})
		}
	}
	s.rows(r.Criteria, "", 0)
	for _, section := range []*rubric.Section{r.Bonus, r.Penalty} {
		if section != nil {
			s.rows(section.Items, "", 0)
		}
	}
}

func (s *scoring) rows(criteria []rubric.Criterion, above string, depth int) {
	for _, c := range criteria {
		row := scoreRow{Depth: depth, Label: s.label(c.Label, c.Key)}
		if c.Points != 0 {
			row.Points = c.Points.String()
		}
		path := above + c.Key
		s.page.Paths[path] = row.Label
		if c.Fact != "" {
			row.Facts = s.fact(c)
		}
		if len(c.Groups) > 0 {
			for _, g := range s.page.Rubric.Groups {
				for n := range ballotsEach {
					in := input{}
					if slices.Contains(c.Groups, g.Key) {
						in = s.control(row.Label+"："+s.page.Groups[len(row.Marks)].ZH, mark(g.Key, n, c.Key), s.choices(c.Rule))
					}
					row.Marks = append(row.Marks, in)
				}
			}
		}
		s.page.Rows = append(s.page.Rows, row)
		s.rows(c.Items, path+".", depth+1)
	}
}

func mark(group string, n int, criterion string) string {
	return "m." + group + "." + strconv.Itoa(n+1) + "." + criterion
}

// choices are what a mark or fact may be, where the rule names it.
func (s *scoring) choices(r rubric.Rule) (values []form.Value) {
	add := func(key string, l rubric.Label) {
		values = append(values, form.Value{Key: key, Label: lifecycle.Label{ZH: l.Zh, EN: l.En}})
	}
	if r.Grade != nil {
		for _, level := range r.Grade.Levels {
			add(level.Key, level.Label)
		}
	}
	if r.Rate != nil {
		for _, c := range r.Rate.Choices {
			add(c.Key, c.Label)
		}
	}
	if r.AllOrNothing != nil {
		add("true", rubric.Label{Zh: "是", En: "yes"})
		add("false", rubric.Label{Zh: "否", En: "no"})
	}
	return values
}

func (s *scoring) control(label, name string, values []form.Value) input {
	return input{Field: form.Field{Label: lifecycle.Label{ZH: label}, Values: values}, Control: name, ID: name, Values: s.sent[name]}
}

// fact draws what is handed in for a criterion, and reads it: a count of each kind
// of event, a rate, or one value.
func (s *scoring) fact(c rubric.Criterion) (inputs []input) {
	name := "f." + c.Fact
	label := s.label(c.Label, c.Key)
	switch rule := c.Rule; {
	case rule.PerEvent != nil:
		tally := map[string]json.Number{}
		for _, e := range rule.PerEvent.Events {
			in := s.control(s.label(e.Label, e.Key), name+"."+e.Key, nil)
			if v := in.Value(); v != "" {
				tally[e.Key] = json.Number(v)
			}
			inputs = append(inputs, in)
		}
		if len(tally) > 0 {
			s.facts[c.Fact] = map[string]any{"tally": tally}
		}
	case rule.Shortfall != nil || rule.Rate != nil:
		count := s.control(label+"："+named("件数", "count").In(s.lang, ""), name+".count", nil)
		base := s.control(label+"："+named("基数", "base").In(s.lang, ""), name+".base", nil)
		if count.Value() != "" || base.Value() != "" {
			s.facts[c.Fact] = map[string]any{"count": json.Number(count.Value()), "base": json.Number(base.Value())}
		}
		inputs = append(inputs, count, base)
	default:
		in := s.control(label, name, s.choices(rule))
		switch v := in.Value(); {
		case v == "":
		case rule.AllOrNothing != nil:
			s.facts[c.Fact] = v == "true"
		default:
			s.facts[c.Fact] = v
		}
		inputs = append(inputs, in)
	}
	return inputs
}

// score makes a card of what was filled in, and scores it. The card is read as one
// from outside is, so that every mistake is told with its place.
func (s *scoring) score(sheet *evaluate.Sheet) (evaluate.Outcome, error) {
	ballots := []any{}
	for _, g := range s.page.Rubric.Groups {
		for n := range ballotsEach {
			marks := map[string]string{}
			for key := range s.sent {
				criterion, of := cutMark(key, g.Key, n)
				if v := s.sent.Get(key); of && v != "" {
					marks[criterion] = v
				}
			}
			if len(marks) > 0 {
				ballots = append(ballots, map[string]any{"id": fmt.Sprint(g.Key, "-", n+1), "group": g.Key, "marks": marks})
			}
		}
	}
	data, err := json.Marshal(map[string]any{"id": "desk", "subject": s.sent.Get("subject"), "decided": true, "facts": s.facts, "ballots": ballots})
	if err != nil {
		return evaluate.Outcome{}, problem.List{{Where: "card", Text: err.Error()}}
	}
	card, err := evaluate.DecodeCard(data)
	if err != nil {
		return evaluate.Outcome{}, err
	}
	return sheet.Score(card)
}

func cutMark(name, group string, n int) (criterion string, of bool) {
	prefix := mark(group, n, "")
	if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
		return "", false
	}
	return name[len(prefix):], true
}
