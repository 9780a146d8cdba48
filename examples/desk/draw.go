package main

import (
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// drawing is a lifecycle with a case's place in it: a band for each stage, in the
// order in which people count them, and a box for each state.
type drawing struct {
	Width, Height int
	Bands         []band
	Boxes         []box
	Now           []string // the labels of where it is
}

type band struct {
	Y, Height int
	Label     string
	Here      bool
}

type box struct {
	X, Y, Width int
	Label       string
	Class       string // here, been, next, or none
}

const (
	boxHeight = 26
	boxGap    = 6
	bandPad   = 7
	labelSide = 84
	fullWidth = 404
)

// draw lays the states of a definition out. Where the case is, has been and may
// go next by one act of the main line is marked.
func draw(lang string, m *lifecycle.Machine, h *workflow.Header, history []workflow.Entry) drawing {
	been := map[string]bool{}
	for _, e := range history {
		for _, move := range e.Moves {
			track, _, _ := strings.Cut(move.Line, "/")
			been[track+" "+move.To] = true
		}
	}
	next := map[string]bool{}
	for _, event := range m.Allowed(h.State) {
		if t, leads := m.Transition(h.State, event); leads {
			next[" "+t.To] = true
		}
	}
	here := map[string]bool{" " + h.State: true}
	for line, state := range h.Tracks {
		track, _, _ := strings.Cut(line, "/")
		here[track+" "+state] = true
	}
	definition := m.Definition()
	d := drawing{Width: fullWidth, Height: bandPad}
	add := func(track string, s lifecycle.State, x *int, y *int) {
		label := s.Label.In(lang, s.Key)
		b := box{Width: 18 + textWidth(label), Label: label}
		if *x+b.Width > fullWidth-bandPad {
			*x, *y = labelSide, *y+boxHeight+boxGap
		}
		b.X, b.Y = *x, *y
		*x += b.Width + boxGap
		switch key := track + " " + s.Key; {
		case here[key]:
			b.Class = "here"
			d.Now = append(d.Now, label)
		case been[key]:
			b.Class = "been"
		case next[key]:
			b.Class = "next"
		}
		d.Boxes = append(d.Boxes, b)
	}
	for _, stage := range definition.Stages {
		top, x, y := d.Height, labelSide, d.Height+bandPad
		for _, s := range definition.States {
			if s.Stage == stage.Key {
				add("", s, &x, &y)
			}
		}
		for _, t := range definition.Tracks {
			for _, s := range t.States {
				if s.Stage == stage.Key {
					add(t.Key, s, &x, &y)
				}
			}
		}
		height := y + boxHeight + bandPad - top
		d.Bands = append(d.Bands, band{top, height, stage.Label.In(lang, stage.Key), stage.Key == h.Stage})
		d.Height += height + boxGap
	}
	return d
}

// textWidth is about how wide a label is: a Chinese sign takes an em of 13 px,
// another about half of that.
func textWidth(label string) int {
	width := 0
	for _, sign := range label {
		if sign < 0x2000 {
			width += 7
		} else {
			width += 13
		}
	}
	return width
}

// Middle is where a label stands in its band or box.
func (b band) Middle() int { return b.Y + b.Height/2 }

// Centre is where the label of a box begins.
func (b box) Centre() int { return b.X + b.Width/2 }

// Middle is where a label stands in its box.
func (b box) Middle() int { return b.Y + boxHeight/2 }
