package workflow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Eraser is an action that takes personal data out of its case and out of the
// history, as somebody may demand (个人信息保护法 §47). It is an act like any other:
// a definition says who may, by which guards and after whose request, and its entry
// stays. After Apply the engine has Redact rewrite the record and the content of
// every entry before; what was there is gone with the commit. The entry names those
// that were touched, with the digests of their contents before and after, so that
// the history verifies, and nothing but what it names can have changed.
//
// What the action's own JSON says stays for good: an action that is told what to
// erase leaves that out of its MarshalJSON. Accounts, units and the moves stand in
// the sealed part of an entry and stay: an account is not to be a person's name.
// Whoever has copied from the feed meets the entry there, and erases in the copy.
type Eraser interface {
	// Drops reports whether nothing is to be left of what an entry says.
	Drops(e Entry) bool

	// Redact returns what stands in the place of a text from now on; the text itself
	// where nothing is to be erased. An error ends the act.
	Redact(p Passage) (string, error)
}

// Passage is a text in a case or in its history.
type Passage struct {
	Seq   uint64    // of the entry; 0: in the record as it is now
	Event string    // of the entry
	Field string    // the keys that lead to it, joined by dots: parts.replies.text in the record, action.text or note.text in an entry
	Type  form.Type // of a field of an action that the vocabulary knows, and of a reason given to the engine; "" elsewhere
	Text  string
}

// erase has an action rewrite its case, and the contents of the entries before.
func (e *Engine[C, R]) erase(act *Act[R], c C, by Eraser, past []store.Line) error {
	act.eraser = by
	if able, ok := store.As[store.Replacer](e.store); !ok || !able.ReplacesLines() {
		return Invalid("store", "cannot_erase", "所用的存储不能删除留痕内容", "the store cannot replace what is in a journal")
	}
	breaks, contents := e.chain(act.header.ID, past)
	if len(breaks) > 0 {
		return fmt.Errorf("%w: %s %s: entry %d: %s", ErrBroken, e.vocabulary.Kind, act.header.ID, breaks[0].Seq, breaks[0].Reason)
	}
	touched, err := e.eraseRecord(c, by)
	if err != nil {
		return err
	}
	for _, line := range past {
		content, err := e.without(line, by)
		if err != nil {
			return err
		}
		said, was, _ := parts(line.Data)
		if content == nil || bytes.Equal(content, was) {
			continue
		}
		line.Data = join(said, content)
		act.replaced = append(act.replaced, line)
		act.erased = append(act.erased, Erased{Seq: line.Seq, Was: contents.want[line.Seq].sum, Now: e.sealer.sum(content)})
	}
	if !touched && len(act.replaced) == 0 {
		return &RefusedError{act.header.ID, act.Event, act.header.State, []Blocker{
			Block("nothing_to_erase", "没有找到要删除的内容", "nothing of what is to be erased was found"),
		}}
	}
	return nil
}

// eraseRecord rewrites the data of a case, and reports whether anything changed.
func (e *Engine[C, R]) eraseRecord(c C, by Eraser) (bool, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return false, fmt.Errorf("workflow: data of %s: %w", c.Head().ID, err)
	}
	now, err := rewrite(data, func(field, text string) (string, error) {
		return by.Redact(Passage{Field: field, Text: text})
	})
	if err != nil || bytes.Equal(now, data) {
		return false, err
	}
	fresh := e.vocabulary.Fresh()
	if err := json.Unmarshal(now, &fresh); err != nil {
		return false, Invalid("action", "unreadable", "删除后的内容不能读取：%v", "what is left cannot be read: %v", err)
	}
	head := *c.Head()
	reflect.ValueOf(c).Elem().Set(reflect.ValueOf(fresh).Elem())
	*c.Head() = head
	return true, nil
}

// without returns what is left of the content of a line; nil when it is as it was.
func (e *Engine[C, R]) without(line store.Line, by Eraser) ([]byte, error) {
	entry, err := DecodeEntry(line)
	if err != nil || len(entry.Action) == 0 && len(entry.Note) == 0 {
		return nil, err
	}
	left := contentOf{Action: entry.Action, Note: entry.Note}
	if by.Drops(entry) {
		left.Action = nil
	}
	if left.Action, err = e.redact(entry, "action", left.Action, by); err != nil {
		return nil, err
	}
	if left.Note, err = e.redact(entry, "note", left.Note, by); err != nil {
		return nil, err
	}
	switch {
	case bytes.Equal(left.Action, entry.Action) && bytes.Equal(left.Note, entry.Note):
		return nil, nil
	case len(left.Action) == 0 && len(left.Note) == 0:
		return []byte{}, nil
	}
	if _, left.Salt, err = e.salts(); err != nil {
		return nil, err
	}
	return json.Marshal(left) //nolint:wrapcheck // made of JSON that was read
}

// redact rewrites the action or the note of an entry.
func (e *Engine[C, R]) redact(entry Entry, part string, data json.RawMessage, by Eraser) (json.RawMessage, error) {
	if len(data) == 0 {
		return nil, nil
	}
	return rewrite(data, func(field, text string) (string, error) {
		if entry.Event == Accepted && part == "note" && field == "record" {
			return redactRecord(entry, text, by)
		}
		p := Passage{Seq: entry.Seq, Event: entry.Event, Field: part + "." + field, Text: text}
		if part == "note" || isOwn(entry.Event) {
			p.Type = ownType(field)
		} else {
			p.Type = e.typeOf(entry.Event, field)
		}
		return by.Redact(p)
	})
}

// redactRecord rewrites a record that stands in a note, as the one that was
// accepted does. Its fields are named as those of the record.
func redactRecord(entry Entry, record string, by Eraser) (string, error) {
	hash, header, data, ok := unwrap([]byte(record))
	if !ok || !json.Valid(data) { // nobody can say what is in it
		return by.Redact(Passage{Seq: entry.Seq, Event: entry.Event, Field: "note.record", Text: record})
	}
	now, err := rewrite(data, func(field, text string) (string, error) {
		return by.Redact(Passage{Seq: entry.Seq, Event: entry.Event, Field: field, Text: text})
	})
	return string(wrap(string(hash), header, now)), err
}

// ownType is typeOf for what the engine itself writes: people say something in the
// reasons and papers of its acts only.
func ownType(field string) form.Type {
	switch field[strings.LastIndexByte(field, '.')+1:] {
	case "reason", "papers":
		return form.Text
	}
	return ""
}

// eraseHeader rewrites the header of a case.
func eraseHeader(h *Header, by Eraser) error {
	data, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("workflow: header of %s: %w", h.ID, err)
	}
	now, err := rewrite(data, func(field, text string) (string, error) {
		if ownType(field) == "" {
			return text, nil
		}
		return by.Redact(Passage{Field: field, Type: form.Text, Text: text})
	})
	if err != nil || bytes.Equal(now, data) {
		return err
	}
	left := Header{Revision: h.Revision, Hash: h.Hash, machine: h.machine, index: h.index, size: h.size}
	if err := json.Unmarshal(now, &left); err != nil {
		return fmt.Errorf("workflow: header of %s: %w", h.ID, err)
	}
	*h = left
	return nil
}

// typeOf returns the type of a field of an action, "" for one that is not known.
func (e *Engine[C, R]) typeOf(event, field string) form.Type {
	for _, a := range e.actions[event] {
		if f, ok := form.At(a.Fields, field); ok {
			return f.Type
		}
	}
	return ""
}
