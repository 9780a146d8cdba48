package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// DoOption says something about one act.
type DoOption interface{ applyDo(*doing) }

type doing struct {
	command  string
	given    bool      // command was given by the caller
	revision uint64    // when pinned
	pinned   bool      // to revision; else to whichever is current
	at       time.Time // when it happened
	recorded time.Time // when it is written down: the engine's own time
	dated    bool      // at was given by the caller
	err      error
}

// key is the command as the journal keeps it.
func (d doing) key() string {
	if d.given {
		return CommandKey(d.command)
	}
	return d.command
}

type doFunc func(*doing)

func (f doFunc) applyDo(d *doing) { f(d) }

// Command names the act, so that asking twice is one effect: at most
// store.MaxKey bytes, unique for what is asked. Without it, or with "", each
// call is an act of its own. The journal keeps its [CommandKey] and not the word
// itself, which may be a client's own.
func Command(id string) DoOption {
	return doFunc(func(d *doing) { d.command, d.given = id, id != "" })
}

// CommandKey returns what the journal keeps of a command that [Command] gave: a
// digest, 34 bytes long, which no command that the engine makes up is like. One
// that can be guessed, such as a number counted up, can be found out by trying.
func CommandKey(command string) string {
	sum := sha256.Sum256([]byte(command))
	return "k-" + hex.EncodeToString(sum[:16])
}

// IfRevision has the act conflict unless the case is at this revision, that is,
// unless nothing has happened since the caller looked. Without it a lost race
// is run again on the new state. No case is at revision 0: a caller whose form
// has lost the number gets the conflict, too.
func IfRevision(revision uint64) DoOption {
	return doFunc(func(d *doing) { d.revision, d.pinned = revision, true })
}

// Happened gives the act a time other than the engine's clock, as when what happened
// on paper is entered later. It cannot be before the case's last entry, nor more
// than a day ([WithMostAhead]) after the engine's own time: a mistyped year would
// let nothing else happen on the case before it. When the act was recorded is the
// engine's to say, and stands beside it in the entry.
func Happened(t time.Time) DoOption {
	return doFunc(func(d *doing) { d.at, d.dated = t.UTC(), true })
}

// doing collects the options of one act.
func (e *Engine[C, R]) doing(options []DoOption) (doing, error) {
	now := e.now().UTC()
	d := doing{at: now, recorded: now.Round(0)}
	for _, o := range options {
		if o != nil {
			o.applyDo(&d)
		}
	}
	d.at = d.at.Round(0)
	if d.err == nil && d.dated && d.at.After(now.Add(e.mostAhead)) {
		d.err = Invalid("at", "future", "%s尚未到来", "%s is still to come", d.at.Format(time.RFC3339))
	}
	return d, d.err
}
