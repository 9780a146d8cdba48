package store

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Sizes that every store accepts and none exceeds. They are what the narrowest
// of the shipped databases can index.
const (
	MaxKey       = 128     // bytes of a kind, ID, attribute name, command or hash
	MaxAttr      = 1024    // bytes of an attribute's value
	MaxBody      = 8 << 20 // bytes of a body
	MaxValues    = 1000    // values that one query compares with, over all of its conditions
	MaxNumber    = 1 << 62 // a revision or seq; more is a mistake, and no database holds it
	DefaultLimit = 100     // records or entries of a read that names no limit
	MaxLimit     = 10000   // records or entries of any one read; a larger limit is cut to it
)

// Check reports whether changes are well-formed; stores call it first of all.
// The error matches [ErrInvalid] and names the record and the fault: an empty,
// overlong or unprintable key (invalid UTF-8 or a NUL byte), an overlong value
// or body, two changes of one record, or entries that are of another record,
// out of order or two of one command, or lines to be replaced that are not older.
func Check(changes ...Change) error {
	for i := range changes {
		c := &changes[i]
		if err := checkChange(c); err != nil {
			return &RecordError{Kind: c.Record.Kind, ID: c.Record.ID, Err: err}
		}
	}
	if len(changes) < 2 {
		return nil
	}
	seen := make(map[[2]string]bool, len(changes))
	for i := range changes {
		c := &changes[i]
		key := [2]string{c.Record.Kind, c.Record.ID}
		if seen[key] {
			return &RecordError{Kind: c.Record.Kind, ID: c.Record.ID, Err: invalid("changed twice in one commit")}
		}
		seen[key] = true
	}
	return nil
}

func checkChange(c *Change) error {
	r := &c.Record
	if err := checkKey(r.Kind, r.ID); err != nil {
		return err
	}
	if r.Revision > MaxNumber {
		return invalid("revision %d is more than %d", r.Revision, uint64(MaxNumber))
	}
	if len(r.Data) > MaxBody {
		return invalid("body has %d bytes, more than %d", len(r.Data), MaxBody)
	}
	for _, a := range r.Index {
		if err := checkText("attribute name", a.Name, MaxKey, true); err != nil {
			return err
		}
		if checkText("", a.Value, MaxAttr, false) != nil { // most often not, and then no message is made
			return checkText("attribute "+a.Name, a.Value, MaxAttr, false)
		}
	}
	for i := range c.Entries {
		if err := checkEntry(r, c.Entries, i); err != nil {
			return err
		}
	}
	return checkReplaced(c)
}

// checkReplaced reports whether the lines replaced are older than the entry that
// says so: then they are there.
func checkReplaced(c *Change) error {
	if len(c.Replaced) > 0 && len(c.Entries) == 0 {
		return invalid("lines are replaced, and no entry says so")
	}
	for i := range c.Replaced {
		l := &c.Replaced[i]
		switch {
		case l.Seq == 0, i > 0 && l.Seq <= c.Replaced[i-1].Seq:
			return invalid("line %d to be replaced has seq %d out of order", i, l.Seq)
		case l.Seq >= c.Entries[0].Seq:
			return invalid("line %d to be replaced has seq %d, which is not in the journal yet", i, l.Seq)
		case len(l.Data) > MaxBody:
			return invalid("line %d to be replaced has %d bytes, more than %d", i, len(l.Data), MaxBody)
		}
	}
	return nil
}

func checkEntry(r *Record, entries []Line, i int) error {
	e := &entries[i]
	if e.Kind != "" && e.Kind != r.Kind || e.ID != "" && e.ID != r.ID {
		return invalid("entry %d belongs to %s %s", i, e.Kind, e.ID)
	}
	if e.Seq == 0 || e.Seq > MaxNumber || i > 0 && e.Seq != entries[i-1].Seq+1 {
		return invalid("entry %d has seq %d out of order", i, e.Seq)
	}
	if len(e.Data) > MaxBody {
		return invalid("entry %d has %d bytes, more than %d", i, len(e.Data), MaxBody)
	}
	if err := checkText("command", e.Command, MaxKey, false); err != nil {
		return err
	}
	for j := 0; j < i && e.Command != ""; j++ {
		if entries[j].Command == e.Command {
			return invalid("entries %d and %d have the same command %s", j, i, e.Command)
		}
	}
	return checkText("hash", e.Hash, MaxKey, false)
}

// CheckSeq reports whether the entries of c continue a journal whose last entry
// is last (0: none); the error matches [ErrInvalid].
func CheckSeq(c Change, last uint64) error {
	if len(c.Entries) == 0 || c.Entries[0].Seq == last+1 {
		return nil
	}
	return &RecordError{Kind: c.Record.Kind, ID: c.Record.ID,
		Err: invalid("entry 0 has seq %d, the journal ends at %d", c.Entries[0].Seq, last)}
}

// CheckKey reports whether a record can have this kind and ID; the error matches
// [ErrInvalid]. Stores call it first of all in Load and History.
func CheckKey(kind, id string) error {
	if err := checkKey(kind, id); err != nil {
		return &RecordError{Kind: kind, ID: id, Err: err}
	}
	return nil
}

func checkKey(kind, id string) error {
	if err := checkText("kind", kind, MaxKey, true); err != nil {
		return err
	}
	return checkText("id", id, MaxKey, true)
}

// CheckQuery reports whether q is well-formed; the error matches [ErrInvalid].
func CheckQuery(q Query) error {
	if err := checkText("kind", q.Kind, MaxKey, true); err != nil {
		return err
	}
	if err := checkText("order", q.Order, MaxKey, false); err != nil {
		return err
	}
	if err := checkText("after", q.After.ID, MaxKey, false); err != nil {
		return err
	}
	if err := checkText("value of after", q.After.Value, MaxAttr, false); err != nil {
		return err
	}
	values := 0
	for _, m := range q.Where {
		for _, one := range m.Any {
			if len(one.Any) > 0 {
				return invalid("a condition of Any has an Any itself")
			}
			if err := checkMatch(one, &values); err != nil {
				return err
			}
		}
		if len(m.Any) > 0 {
			if m.Attr != "" || m.Op != "" || len(m.Values) > 0 {
				return invalid("%s: a condition with Any has nothing else", m.Attr)
			}
			continue
		}
		if err := checkMatch(m, &values); err != nil {
			return err
		}
	}
	return nil
}

// checkMatch checks one condition, and adds its values to those counted.
func checkMatch(m Match, values *int) error {
	if *values += len(m.Values); *values > MaxValues {
		return invalid("%s: more than %d values to compare with", m.Attr, MaxValues)
	}
	if err := checkText("attribute name", m.Attr, MaxKey, true); err != nil {
		return err
	}
	switch m.Op {
	case Is:
		if len(m.Values) == 0 {
			return invalid("%s: no value to compare with", m.Attr)
		}
	case AtLeast, Below, Prefix, Contains:
		if len(m.Values) != 1 {
			return invalid("%s: %s takes one value, not %d", m.Attr, m.Op, len(m.Values))
		}
	default:
		return invalid("%s: unknown comparison %q", m.Attr, m.Op)
	}
	for _, v := range m.Values {
		if err := checkText("value of "+m.Attr, v, MaxAttr, false); err != nil {
			return err
		}
	}
	return nil
}

// Limit returns the number of rows that a read with the given limit returns at
// the most.
func Limit(limit int) int {
	switch {
	case limit <= 0:
		return DefaultLimit
	case limit > MaxLimit:
		return MaxLimit
	}
	return limit
}

func checkText(what, s string, limit int, required bool) error {
	switch {
	case required && s == "":
		return invalid("%s is empty", what)
	case len(s) > limit:
		return invalid("%s has %d bytes, more than %d", what, len(s), limit)
	case strings.IndexByte(s, 0) >= 0:
		return invalid("%s holds a NUL byte", what)
	case !utf8.ValidString(s):
		return invalid("%s is not valid UTF-8", what)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
}
