package main

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// checked is what a run left, held against what was asked for. It reads nothing: its
// input is handed in, entry by entry.
type checked struct {
	feed     map[string]entered // by the entry's name
	commands map[string]int     // by case and command
	alarms   map[string]bool
	letters  map[string]int      // by the entry's name
	last     map[string]uint64   // in the stream, by case
	met      map[string]struct{} // in the stream, by the entry's name

	entries      int
	crossings    int
	actsLost     int
	doubled      int
	lettersTwice int
	differs      int // what the stream has and should not
	broken       int
	cases        map[int]int // by the version of their definition
}

// entered is an entry of the feed.
type entered struct {
	data  []byte
	calls bool // for a letter
}

func (c *checked) begin() {
	c.feed, c.commands, c.alarms = make(map[string]entered), make(map[string]int), make(map[string]bool)
	c.letters, c.last, c.met, c.cases = make(map[string]int), make(map[string]uint64), make(map[string]struct{}), make(map[int]int)
}

// entry notes an entry of the feed. One alarm of a case crossed twice is doubled.
func (c *checked) entry(l store.Line, e workflow.Entry, crossed []workflow.Crossing) {
	c.entries++
	c.feed[nameOf(l)] = entered{l.Data, calls(l.Kind) && reactsTo(e.Event)}
	if l.Command != "" {
		c.commands[l.ID+"\n"+l.Command]++
	}
	for _, x := range crossed {
		c.crossings++
		key := l.ID + "\n" + x.Limit + "\n" + x.Of + "\n" + string(x.Alarm.Kind) + x.Alarm.Colour + x.Alarm.On.String()
		if c.alarms[key] {
			c.doubled++
		}
		c.alarms[key] = true
	}
}

// hold holds the feed against what was asked for: what was acknowledged is there,
// and no command is there twice, also not on two cases.
func (c *checked) hold(l *ledger) {
	times := make(map[string]int, len(c.commands))
	for key, n := range c.commands {
		times[key[strings.LastIndexByte(key, '\n')+1:]] += n
	}
	for command, a := range l.asked {
		if a.acknowledged && c.commands[a.id+"\n"+command] == 0 {
			c.actsLost++
		}
		c.doubled += max(times[command]-1, 0)
	}
}

// letter notes one that was written.
func (c *checked) letter(l store.Line) {
	name := nameOf(l)
	if c.letters[name]++; c.letters[name] > 1 || !c.feed[name].calls {
		c.lettersTwice++
	}
}

// lost are acts that were acknowledged and are not there, and letters that entries
// call for and nobody has written.
func (c *checked) lost() int {
	n := c.actsLost
	for name, e := range c.feed {
		if e.calls && c.letters[name] == 0 {
			n++
		}
	}
	return n
}

// message notes one of the stream: each entry once, as it is in the feed, and those
// of a case in order.
func (c *checked) message(name string, data []byte) {
	e, known := c.feed[name]
	_, again := c.met[name]
	id, number, _ := cutSeq(name)
	if !known || again || !bytes.Equal(e.data, data) || number != c.last[id]+1 {
		c.differs++
	}
	c.last[id] = max(c.last[id], number)
	c.met[name] = struct{}{}
}

// cutSeq parts the name of an entry into that of its case and its place there.
func cutSeq(name string) (id string, seq uint64, err error) {
	i := strings.LastIndexByte(name, '/')
	seq, err = strconv.ParseUint(name[i+1:], 10, 64)
	return name[:max(i, 0)], seq, err
}

// streamDiffers counts what the stream has and should not, and what it lacks.
func (c *checked) streamDiffers() int {
	n := c.differs
	for name := range c.feed {
		if _, met := c.met[name]; !met {
			n++
		}
	}
	return n
}

// versions are those of the definitions that cases run on, the first one first.
func (c *checked) versions() []int {
	return slices.Sorted(maps.Keys(c.cases))
}
