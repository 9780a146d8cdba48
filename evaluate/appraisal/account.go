package appraisal

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Account (得分明细) is everything that a scored unit needs to recompute its points
// by hand: every line with the item's full points, the fact or the marks it was
// made from, and the cases behind them.
type Account struct {
	Round   string          `json:"round"`
	Sheet   string          `json:"sheet"` // name, version and hash
	Subject Subject         `json:"subject"`
	Rows    []Row           `json:"rows"`
	Total   string          `json:"total"`  // "" without one
	Status  lifecycle.Label `json:"status"` // whether the total is final
	Rank    string          `json:"rank,omitempty"`
	Awards  []string        `json:"awards,omitempty"`
}

// Row is one line of an account.
type Row struct {
	Section lifecycle.Label `json:"section"`
	Item    lifecycle.Label `json:"item"`
	Full    string          `json:"full,omitempty"` // the item's full points
	Rule    lifecycle.Label `json:"rule"`
	From    string          `json:"from,omitempty"` // the fact as it stands in the records, or the marks
	Cases   []string        `json:"cases,omitempty"`
	Points  string          `json:"points"`
}

// Account returns what the last scoring, or an earlier one counted from 0, says of
// a subject; -1 is the last.
func (r *Round) Account(subject string, scoring int) (Account, error) {
	i := r.subject(subject)
	if i < 0 {
		return Account{}, noSubject("subject", subject)
	}
	if scoring < 0 {
		scoring = len(r.Scorings) - 1
	}
	if scoring < 0 || scoring >= len(r.Scorings) {
		return Account{}, workflow.Invalid("scoring", "unknown", "尚无该次计分", "there is no such scoring")
	}
	sheet, err := rubric.Parse(r.Rubric)
	if err != nil {
		return Account{}, err
	}
	o, place := r.Scorings[scoring].Outcomes[i], r.Scorings[scoring].Places[i]
	a := Account{
		Round: r.Title, Sheet: o.Rubric + "#" + strconv.Itoa(o.Version) + " " + o.Hash, Subject: r.Subjects[i],
		Status: statusLabel(o.Status), Awards: place.Awards,
	}
	items := map[string]rubric.Criterion{}
	list(items, "", sheet.Criteria)
	for _, s := range []*rubric.Section{sheet.Bonus, sheet.Penalty} {
		if s != nil {
			list(items, "", s.Items)
		}
	}
	for _, l := range o.Ledger {
		a.Rows = append(a.Rows, r.row(l, items[l.Criterion], subject, r.Scorings[scoring]))
	}
	if o.Scored() {
		a.Total = o.Total.String()
	}
	if place.Rank > 0 {
		a.Rank = place.Rank.String()
	}
	return a, nil
}

func list(items map[string]rubric.Criterion, above string, of []rubric.Criterion) {
	for _, c := range of {
		path := strings.TrimPrefix(above+"."+c.Key, ".")
		items[path] = c
		list(items, path, c.Items)
	}
}

func (r *Round) row(l evaluate.Line, c rubric.Criterion, subject string, s Scoring) Row {
	row := Row{
		Section: sectionLabel(l.Section), Item: lifecycle.Label{ZH: c.Label.Zh, EN: c.Label.En},
		Rule: ruleLabel(l.Rule), Points: l.Points.String(),
	}
	if row.Item.ZH == "" {
		row.Item.ZH = l.Criterion
	}
	if c.Points != 0 {
		row.Full = c.Points.String()
	}
	if f := r.factAt(subject, l.Fact, s); f != nil {
		row.From, row.Cases = written(f.Value), f.Cases
	}
	var marks []string
	for _, ballot := range l.Ballots {
		for _, card := range r.Cards {
			if m, ok := card.Ballot.Marks[c.Key]; ok && card.Ballot.ID == ballot {
				marks = append(marks, ballot+"="+written(m))
			}
		}
	}
	if len(marks) > 0 {
		row.From = strings.Join(marks, "; ")
	}
	return row
}

// factAt is the fact as a scoring read it.
func (r *Round) factAt(subject, key string, s Scoring) *Fact {
	for i := min(s.Facts, len(r.Facts)) - 1; i >= 0 && key != ""; i-- {
		if f := &r.Facts[i]; f.Subject == subject && f.Key == key {
			return f
		}
	}
	return nil
}

func written(v json.Marshaler) string {
	data, err := v.MarshalJSON()
	if err != nil {
		return ""
	}
	return strings.Trim(string(data), `"`)
}

// CSV writes the account as a table with a byte order mark, for spreadsheets, in
// Chinese or, for "en", in English. The points of the rows add up to the total.
func (a Account) CSV(lang string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	head := []string{"部分", "考评项目", "满分", "计分办法", "依据", "相关案件", "得分"}
	total := "合计"
	if lang == "en" {
		head, total = []string{"section", "item", "full points", "rule", "made from", "cases", "points"}, "total"
	}
	rows := make([][]string, 1, len(a.Rows)+2)
	rows[0] = head
	for _, r := range a.Rows {
		rows = append(rows, []string{
			r.Section.In(lang, ""), r.Item.In(lang, ""), r.Full, r.Rule.In(lang, ""), text.Inert(r.From), text.Inert(strings.Join(r.Cases, "; ")), r.Points,
		})
	}
	rows = append(rows, []string{total, a.Status.In(lang, ""), "", "", "", "", a.Total})
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
