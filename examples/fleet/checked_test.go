package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// left is a run that went well: two entries on one case, of which the second calls
// for a letter.
func left() (*checked, *ledger, []store.Line) {
	lines := []store.Line{
		{Position: 1, Kind: proposal.Kind, ID: "a", Seq: 1, Command: "open", Data: []byte("1")},
		{Position: 2, Kind: proposal.Kind, ID: "a", Seq: 2, Command: "submit", Data: []byte("2")},
	}
	c := new(checked)
	c.begin()
	c.entry(lines[0], workflow.Entry{Event: workflow.Opening}, nil)
	c.entry(lines[1], workflow.Entry{Event: "submit"}, nil)
	return c, &ledger{asked: map[string]*asked{"open": {"a", true}, "submit": {"a", true}}}, lines
}

func TestARunThatWentWellHasNothingWrong(t *testing.T) {
	c, l, lines := left()
	c.hold(l)
	c.letter(lines[1])
	for _, line := range lines {
		c.message(nameOf(line), line.Data)
	}
	require.Zero(t, c.lost())
	require.Zero(t, c.doubled)
	require.Zero(t, c.lettersTwice)
	require.Zero(t, c.streamDiffers())
}

func TestWhatIsLostIsFound(t *testing.T) {
	c, l, lines := left()
	l.asked["file"] = &asked{"a", true}    // acknowledged, and not there
	l.asked["assign"] = &asked{"", false}  // nobody was told that it happened
	l.asked["receive"] = &asked{"b", true} // acknowledged for another case
	c.hold(l)
	require.Equal(t, 3, c.lost(), "two acts and a letter")
	c.letter(lines[1])
	require.Equal(t, 2, c.lost())
}

func TestWhatIsDoubledIsFound(t *testing.T) {
	c, l, lines := left()
	again := lines[1]
	again.Seq = 3
	c.entry(again, workflow.Entry{Event: "submit"}, nil)
	c.hold(l)
	require.Equal(t, 1, c.doubled)

	c, l, lines = left()
	elsewhere := lines[0]
	elsewhere.ID = "b" // the same opening made two cases
	c.entry(elsewhere, workflow.Entry{Event: workflow.Opening}, nil)
	c.hold(l)
	require.Equal(t, 1, c.doubled)

	c, _, lines = left()
	alarm := []workflow.Crossing{{Limit: "reply", Alarm: calendar.Alarm{Kind: calendar.ReminderAlarm}}}
	c.entry(lines[1], workflow.Entry{Event: workflow.Crossed}, alarm)
	require.Zero(t, c.doubled)
	c.entry(lines[1], workflow.Entry{Event: workflow.Crossed}, alarm)
	require.Equal(t, 1, c.doubled)
}

func TestALetterTooManyIsFound(t *testing.T) {
	c, _, lines := left()
	c.letter(lines[1])
	require.Zero(t, c.lettersTwice)
	c.letter(lines[1])
	require.Equal(t, 1, c.lettersTwice)
	c.letter(lines[0]) // which calls for none
	require.Equal(t, 2, c.lettersTwice)
}

func TestAStreamThatDiffersIsFound(t *testing.T) {
	for name, told := range map[string]func(c *checked, first, second store.Line){
		"one is missing":    func(c *checked, first, _ store.Line) { c.message(nameOf(first), first.Data) },
		"the first missing": func(c *checked, _, second store.Line) { c.message(nameOf(second), second.Data) },
		"one is there twice": func(c *checked, first, second store.Line) {
			for _, l := range []store.Line{first, second, second} {
				c.message(nameOf(l), l.Data)
			}
		},
		"in another order": func(c *checked, first, second store.Line) {
			c.message(nameOf(second), second.Data)
			c.message(nameOf(first), first.Data)
		},
		"other words": func(c *checked, first, second store.Line) {
			c.message(nameOf(first), first.Data)
			c.message(nameOf(second), []byte("?"))
		},
		"of no case": func(c *checked, first, second store.Line) {
			c.message(nameOf(first), first.Data)
			c.message(nameOf(second), second.Data)
			c.message("proposal/b/1", nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, _, lines := left()
			told(c, lines[0], lines[1])
			require.Positive(t, c.streamDiffers())
		})
	}
}
