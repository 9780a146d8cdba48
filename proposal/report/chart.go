package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// chart is bars beside each other, drawn as SVG. Lengths are in its own units.
type chart struct {
	Title string
	Bars  []bar

	figure string // how a count and its percentage are written
}

type bar struct {
	Name   string // short enough for the drawing; the table has it in full
	Text   string
	Count  int64
	Y      int
	Length int
}

const (
	chartWidth = 720
	barFrom    = 190
	barMost    = 400 // length of the longest bar
	barHeight  = 28
	mostBars   = 16
	nameEms    = 11 // full-width characters beside a bar
)

func newChart(title, figure string) *chart { return &chart{Title: title, figure: figure} }

// add adds a bar. The first has the largest count.
func (c *chart) add(name string, n int64, percent string) {
	if len(c.Bars) == mostBars {
		return
	}
	b := bar{Name: shorten(name), Text: fmt.Sprintf(c.figure, n, percent), Count: n, Y: len(c.Bars) * barHeight, Length: barMost}
	if len(c.Bars) > 0 && c.Bars[0].Count > 0 {
		b.Length = int(n * barMost / c.Bars[0].Count)
	}
	c.Bars = append(c.Bars, b)
}

// Width and the others are what the page draws with.
func (*chart) Width() int { return chartWidth }

// Height of the drawing.
func (c *chart) Height() int { return len(c.Bars)*barHeight + 4 }

// From is where bars begin.
func (*chart) From() int { return barFrom }

// NameX is where names end.
func (*chart) NameX() int { return barFrom - 10 }

// TextX is where the text of a bar begins.
func (b bar) TextX() int { return barFrom + max(b.Length, 2) + 8 }

// Drawn is the length of a bar that is to be seen even for a small count.
func (b bar) Drawn() int { return max(b.Length, 2) }

// BarY and TextY are heights within the drawing.
func (b bar) BarY() int { return b.Y + 5 }

// TextY is the baseline of the texts.
func (b bar) TextY() int { return b.Y + 19 }

// Describe says the chart in words.
func (c *chart) Describe() string {
	all := make([]string, len(c.Bars))
	for i, b := range c.Bars {
		all[i] = b.Name + " " + b.Text
	}
	return strings.Join(all, "，")
}

// shorten cuts a name to the room beside a bar: full-width characters count two.
func shorten(s string) string {
	room := 2 * nameEms
	for i, c := range s {
		w := 1
		if c >= 0x2E80 {
			w = 2
		}
		if room -= w; room < 0 {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// drawing is the lifecycle: its stages in order, each with its count.
type drawing struct {
	Title string
	Steps []step
}

type step struct {
	Name  string
	Count int64
	X, W  int
	Lines []string // of the name
}

const (
	drawingWidth  = 980
	drawingHeight = 96
)

// Width of the drawing.
func (*drawing) Width() int { return drawingWidth }

// Height of the drawing.
func (*drawing) Height() int { return drawingHeight }

// draw draws the stages, those of the lifecycle first and then others that
// proposals stand in. Nothing comes back when there is no proposal.
func (r *Report) draw() *drawing {
	if r.Figures.Total(statistics.Received) == 0 {
		return nil
	}
	d := &drawing{Title: r.say("各环节现有提案数", "Proposals in each stage")}
	counted := make(map[string]int64)
	keys := r.Figures.Keys(proposal.ByStage)
	for _, key := range keys {
		counted[key] = r.Figures.Figure(proposal.ByStage, key, statistics.Stated).Count
	}
	var order []string
	if r.Machine != nil {
		for _, s := range r.Machine.Stages() {
			order = append(order, s.Key)
		}
	}
	for _, key := range append(order, keys...) {
		n, there := counted[key]
		if !there && len(d.Steps) >= len(order) {
			continue
		}
		d.Steps = append(d.Steps, step{Name: r.stage(key), Count: n})
		delete(counted, key)
	}
	w := drawingWidth / len(d.Steps)
	for i := range d.Steps {
		d.Steps[i].X, d.Steps[i].W = i*w, w
	}
	return d
}

// Points is the outline of a step, an arrow to the right.
func (s step) Points() string {
	const top, bottom, tip = 4, 92, 12
	middle := (top + bottom) / 2
	at := func(x, y int) string { return strconv.Itoa(x) + "," + strconv.Itoa(y) }
	left, right := s.X+2, s.X+s.W-tip
	return strings.Join([]string{
		at(left, top), at(right, top), at(right+tip-2, middle), at(right, bottom), at(left, bottom), at(left+tip-2, middle),
	}, " ")
}

// Middle is where the texts of a step are centred.
func (s step) Middle() int { return s.X + s.W/2 + 1 }

// Describe says the drawing in words.
func (d *drawing) Describe() string {
	all := make([]string, len(d.Steps))
	for i, s := range d.Steps {
		all[i] = s.Name + " " + strconv.FormatInt(s.Count, 10)
	}
	return strings.Join(all, " → ")
}
