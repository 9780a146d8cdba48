package workflow

import (
	"strings"
	"time"
)

// DoOption says something about one act.
type DoOption interface{ applyDo(*doing) }

type doing struct {
	command  string
	revision uint64 // when pinned
	pinned   bool   // to revision; else to whichever is current
	at       time.Time
	dated    bool // at was given by the caller
	err      error
}

type doFunc func(*doing)

func (f doFunc) applyDo(d *doing) { f(d) }

// Command names the act, so that asking twice is one effect: at most
// store.MaxKey bytes, unique for what is asked. Without it, or with "", each
// call is an act of its own.
func Command(id string) DoOption {
	return doFunc(func(d *doing) {
		d.command = id
		if strings.HasPrefix(id, reservedCommand) {
			d.err = Invalid("command", "reserved", "以%q开头的指令号是系统保留的", "commands that begin with %q are the engine's own", reservedCommand)
		}
	})
}

// reservedCommand begins the commands that the engine gives its own acts; no
// caller's can.
const reservedCommand = "tian:"

// command is Command for the engine itself.
func command(id string) DoOption { return doFunc(func(d *doing) { d.command = id }) }

// IfRevision has the act conflict unless the case is at this revision, that is,
// unless nothing has happened since the caller looked. Without it a lost race
// is run again on the new state. No case is at revision 0: a caller whose form
// has lost the number gets the conflict, too.
func IfRevision(revision uint64) DoOption {
	return doFunc(func(d *doing) { d.revision, d.pinned = revision, true })
}

// Happened gives the act a time other than the engine's clock, as when what happened
// on paper is entered later. It cannot be before the case's last entry, nor more
// than a day after the engine's own time: a mistyped year would let nothing else
// happen on the case before it.
func Happened(t time.Time) DoOption {
	return doFunc(func(d *doing) { d.at, d.dated = t.UTC(), true })
}

// mostAhead is how far an act may be dated after the engine's own time: clocks of
// two machines differ, and it is tomorrow elsewhere.
const mostAhead = 24 * time.Hour

// doing collects the options of one act.
func (e *Engine[C, R]) doing(options []DoOption) (doing, error) {
	now := e.now().UTC()
	d := doing{at: now}
	for _, o := range options {
		if o != nil {
			o.applyDo(&d)
		}
	}
	d.at = d.at.Round(0)
	if d.err == nil && d.dated && d.at.After(now.Add(mostAhead)) {
		d.err = Invalid("at", "future", "%s尚未到来", "%s is still to come", d.at.Format(time.RFC3339))
	}
	return d, d.err
}
