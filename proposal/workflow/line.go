package workflow

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"reflect"
	"sync"

	"github.com/tian-go/tian/proposal/internal/codec"
	"github.com/tian-go/tian/proposal/store"
)

// A line of the journal is two lines of JSON: the sealed part and the content. The
// sealed part is never changed. The content may be replaced, or be empty, where a
// later entry of the case says so.

// contentOf is the content of an entry. The salt keeps whoever has the digest of
// what was erased from finding out by trying, as with a telephone number.
type contentOf struct {
	Salt   string          `json:"salt"`
	Action json.RawMessage `json:"action,omitempty"`
	Note   json.RawMessage `json:"note,omitempty"`
}

// encodeContent returns the JSON of a content. Action and note come from
// encoding/json, and are not looked through again.
func encodeContent(salt string, action, note json.RawMessage) []byte {
	content := make([]byte, 0, len(`{"salt":"","action":,"note":}`)+len(salt)+len(action)+len(note))
	content = append(append(append(content, `{"salt":"`...), salt...), '"')
	if len(action) > 0 {
		content = append(append(content, `,"action":`...), action...)
	}
	if len(note) > 0 {
		content = append(append(content, `,"note":`...), note...)
	}
	return append(content, '}')
}

// parts returns the two parts of a line.
func parts(line []byte) (said, content []byte, ok bool) { return bytes.Cut(line, []byte{'\n'}) }

// join makes a line of its two parts.
func join(said, content []byte) []byte {
	line := make([]byte, 0, len(said)+1+len(content))
	return append(append(append(line, said...), '\n'), content...)
}

// sealer takes digests and hashes by one algorithm.
type sealer struct {
	name   string
	make   func() hash.Hash
	length int        // of a sum, as text
	free   *sync.Pool // of *summing: an act takes nine sums
}

func newSealer(name string, made func() hash.Hash) sealer {
	s := sealer{name: name, make: made, free: &sync.Pool{New: func() any { return &summing{hash: made()} }}}
	if made != nil { // else the options are refused
		s.length = hex.EncodedLen(made().Size())
	}
	return s
}

// summing is a hash with room for what it comes to.
type summing struct {
	hash      hash.Hash
	sum, text []byte
}

func (s sealer) sum(parts ...[]byte) string {
	m := s.free.Get().(*summing) //nolint:forcetypeassert // the pool makes nothing else
	defer s.free.Put(m)
	m.hash.Reset()
	for _, p := range parts {
		m.hash.Write(p) // a hash.Hash never fails to write
	}
	m.sum = m.hash.Sum(m.sum[:0])
	m.text = hex.AppendEncode(m.text[:0], m.sum)
	return string(m.text)
}

// digest is what an entry holds of the record.
func (s sealer) digest(header, data []byte) string { return s.sum(header, []byte{'\n'}, data) }

// saltSize is the length of a salt: 32 hexadecimal digits, 128 bits.
const saltSize = 32

// salts makes two salts of an ID that is not kept, one for the record and one for
// the content of the entry: neither tells the other.
func (s sealer) salts(id string) (record, content string) {
	return s.sum([]byte("record\n"), []byte(id))[:saltSize], s.sum([]byte("content\n"), []byte(id))[:saltSize]
}

// entryCodec writes and reads what an entry says.
var entryCodec = codec.Of(reflect.TypeFor[Entry]()) //nolint:gochecknoglobals // a constant

// saidSize is more than most entries say, in bytes.
const saidSize = 1024

// line seals an entry: it fills in the digest of the content and the hash, and
// returns the line of the journal.
func (s sealer) line(entry *Entry, salt string) ([]byte, error) {
	content := encodeContent(salt, entry.Action, entry.Note)
	entry.Content = s.sum(content)
	sealed := *entry
	sealed.Action, sealed.Note, sealed.ErasedBy = nil, nil, nil
	said, err := entryCodec.Append(make([]byte, 0, saidSize), &sealed)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller names the entry
	}
	entry.Hash = s.sum(said)
	return join(said, content), nil
}

// DecodeEntry reads a case's entry from the journal or the feed of its store. Of
// one whose content was erased it returns what was left.
func DecodeEntry(s store.Line) (Entry, error) {
	var e Entry
	said, content, ok := parts(s.Data)
	if !ok {
		return Entry{}, fmt.Errorf("%w: entry %d of %s %s has not the two parts of an entry", ErrUnreadable, s.Seq, s.Kind, s.ID)
	}
	var err error
	if !entryCodec.Read(said, &e) {
		e = Entry{}
		err = json.Unmarshal(said, &e)
	}
	e.Action, e.Note, e.ErasedBy = nil, nil, nil
	if err == nil && len(content) > 0 {
		var c contentOf
		err = json.Unmarshal(content, &c)
		e.Action, e.Note = c.Action, c.Note
	}
	if err != nil {
		return Entry{}, fmt.Errorf("%w: entry %d of %s %s: %w", ErrUnreadable, s.Seq, s.Kind, s.ID, err)
	}
	e.Hash, e.Position = s.Hash, s.Position
	return e, nil
}
