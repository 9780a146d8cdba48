package report

import (
	"strconv"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// places are the decimals that percentages are printed with.
const places = 2

// section is one part of a report.
type section struct {
	ID      string
	Title   string
	Lead    string
	Drawing *drawing
	Tables  []table
}

// table is one table, in page and spreadsheet alike. The first column names the
// row.
type table struct {
	Caption string
	Note    string // below it
	Head    []string
	Words   int // columns after the first that hold words
	Rows    []row
	Chart   *chart
}

type row struct {
	Name  string
	Cells []cell
	Cases []string // behind the first count
}

// cell is a number, a percentage or a text.
type cell struct {
	Text  string
	Count int64
	Is    kind
}

type kind int

const (
	phrase kind = iota
	count
	share
)

// Num reports whether it is set to the right.
func (c cell) Num() bool { return c.Is != phrase }

func number(n int64) cell { return cell{Text: strconv.FormatInt(n, 10), Count: n, Is: count} }

func said(s string) cell { return cell{Text: s} }

// Right reports whether a column is set to the right: its cells are numbers.
func (t table) Right(column int) bool {
	return column > 0 && len(t.Rows) > 0 && column <= len(t.Rows[0].Cells) && t.Rows[0].Cells[column-1].Num()
}

// percent prints a rate, or – where it has no value.
func percent(r rates.Rate) cell {
	text, err := r.Percent(places, points.HalfUp)
	if err != nil {
		return cell{Text: "–", Is: share}
	}
	return cell{Text: text + "%", Is: share}
}

// rate is count, base and percentage of a rate.
func rate(r rates.Rate) []cell { return []cell{number(r.Count), number(r.Base), percent(r)} }

// spread is a dimension over a base, as a table with bars.
func (r *Report) spread(caption string, d proposal.Dimension, over statistics.Base, unit string) (table, bool) {
	figures := r.Figures.Shares(d, over)
	if len(figures) == 0 {
		return table{}, false
	}
	t := table{
		Caption: caption, Head: []string{r.say("项目", "item"), r.say("数量", "count"), r.say("基数", "base"), r.say("占比", "share")},
		Chart: newChart(caption, r.say("%d（%s）", "%d (%s)")),
	}
	if r.Last != nil {
		t.Head = append(t.Head, r.say("上期", "last period"), r.say("增减", "change"))
	}
	for _, g := range figures {
		one := row{Name: r.name(d, g.Key), Cells: rate(g.Rate), Cases: g.Cases}
		if r.Last != nil {
			last := r.Last.Figure(d, g.Key, over).Count
			one.Cells = append(one.Cells, number(last), change(g.Count-last))
		}
		t.Rows = append(t.Rows, one)
		t.Chart.add(one.Name, g.Count, one.Cells[2].Text)
	}
	base := r.total(over)
	if over == statistics.Stated {
		base = r.say("载明此项的提案", "the proposals that state it")
	}
	t.Note = r.say("单位："+unit+"。基数为"+base+"。", "Counted: "+unit+". Base: "+base+".")
	return t, true
}

// change is a difference, with its sign.
func change(n int64) cell {
	c := number(n)
	if n > 0 {
		c.Text = "+" + c.Text
	}
	return c
}

// shares are totals over bases, as a table.
func (r *Report) shares(caption, unit string, of ...[2]statistics.Base) table {
	t := table{Caption: caption, Head: []string{r.say("项目", "item"), r.say("数量", "count"), r.say("基数名称", "base"), r.say("基数", "base count"), r.say("占比", "share")}, Words: 0}
	if r.Last != nil {
		t.Head = append(t.Head, r.say("上期", "last period"), r.say("增减", "change"))
	}
	for _, pair := range of {
		g := r.Figures.Share(pair[0], pair[1])
		one := row{Name: r.total(pair[0]), Cells: []cell{number(g.Count), said(r.total(pair[1])), number(g.Base), percent(g.Rate)}, Cases: g.Cases}
		if pair[0] == pair[1] {
			one.Cells[1], one.Cells[2], one.Cells[3] = said("–"), cell{Text: "–", Is: share}, cell{Text: "–", Is: share}
		}
		if r.Last != nil {
			last := r.Last.Total(pair[0])
			one.Cells = append(one.Cells, number(last), change(g.Count-last))
		}
		t.Rows = append(t.Rows, one)
	}
	t.Note = r.say("单位："+unit+"。", "Counted: "+unit+".")
	return t
}
