package workflow

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Case is anything that the engine can move: a pointer to a struct that embeds
// [Header] with the tag `json:"-"` and holds its own data beside it. The data
// must survive a round trip through encoding/json.
type Case interface {
	Head() *Header
}

// Header is what the engine knows of a case. Only the engine changes it.
type Header struct {
	ID         string                   `json:"id"`
	Body       string                   `json:"body"` // the conference it belongs to
	Definition Pin                      `json:"definition"`
	State      string                   `json:"state"`
	Stage      string                   `json:"stage"`            // the one stage it counts in
	Tracks     map[string]string        `json:"tracks,omitempty"` // states beside the main line, by lifecycle.Instance
	Clocks     []Clock                  `json:"clocks,omitempty"` // the definition's limits at work
	Dates      map[string]calendar.Date `json:"dates,omitempty"`  // set by actions, for limits that count from them
	Opened     time.Time                `json:"opened"`           // UTC, as every time here
	Changed    time.Time                `json:"changed"`
	Stays      []Stay                   `json:"stays,omitempty"` // in bodies that it has left, in their order
	Seq        uint64                   `json:"seq"`             // entries in its journal
	Acted      []string                 `json:"acted,omitempty"` // the accounts that have done something to it, in the order of their first act
	Added      []int                    `json:"added,omitempty"` // how many bytes of its data are by each of them, in the same order; see [Room]
	Salt       string                   `json:"salt,omitempty"`  // new with each act: the digest of a record of old tells nothing of what was erased since

	Revision uint64 `json:"-"` // of the record, for AtRevision
	Hash     string `json:"-"` // of the last entry

	machine *lifecycle.Machine // what it is pinned to, if the engine has it
	size    size               // of the record as it was read
	index   []store.Attr       // what it was found by as it was read; nil: it is new
}

// Stay is a time that a case has spent in a body which it has left.
type Stay struct {
	Body   string    `json:"body"`
	Until  time.Time `json:"until"`
	By     string    `json:"by"` // who moved it on
	Reason string    `json:"reason"`
}

// Head returns the header itself; embedding Header makes a struct a [Case].
func (h *Header) Head() *Header { return h }

// Track returns the state of a track, or of one instance of it; "" when it has
// not begun.
func (h *Header) Track(track, of string) string { return h.Tracks[lifecycle.Instance(track, of)] }

// Means returns what the state of the main line means to the code, which is its
// key unless the definition says otherwise.
func (h *Header) Means() string {
	if h.machine == nil {
		return h.State
	}
	return h.machine.Means(h.State)
}

// TrackMeans returns what the state of a track, or of one instance of it, means
// to the code; "" when it has not begun.
func (h *Header) TrackMeans(track, of string) string {
	state := h.Track(track, of)
	if h.machine == nil || h.machine.Track(track) == nil {
		return state
	}
	return h.machine.Track(track).Means(state)
}

// Allows reports whether the definition lets an event happen now, on the main
// line, on a track, or on one instance of it; whoever asks, and guards aside.
func (h *Header) Allows(event, of string) bool {
	if h.machine == nil {
		return false
	}
	key := h.machine.TrackOf(event)
	if key == "" {
		return h.machine.Can(h.State, event)
	}
	line := h.machine.Track(key)
	if !line.Each() {
		of = ""
	}
	at, begun := h.Tracks[lifecycle.Instance(key, of)]
	if !begun {
		if line.Each() {
			return false
		}
		at = line.Initial()
	}
	t, ok := line.Transition(at, event)
	return ok && (len(t.While) == 0 || slices.Contains(t.While, h.State))
}

// Left returns the bodies that a case was in and is not in now, each once.
func (h *Header) Left() []string {
	var bodies []string
	for _, s := range h.Stays {
		if s.Body != h.Body && !slices.Contains(bodies, s.Body) {
			bodies = append(bodies, s.Body)
		}
	}
	return bodies
}

func (h *Header) setTrack(instance, state string) {
	if h.Tracks == nil {
		h.Tracks = make(map[string]string)
	}
	h.Tracks[instance] = state
}

// trackOf returns the key of the track that an instance is of.
func trackOf(instance string) string {
	track, _, _ := strings.Cut(instance, "/")
	return track
}

func (h *Header) clone() Header {
	c := *h
	c.Tracks = maps.Clone(h.Tracks)
	c.Clocks = slices.Clone(h.Clocks)
	c.Dates = maps.Clone(h.Dates)
	c.Acted = slices.Clone(h.Acted)
	c.Added = slices.Clone(h.Added)
	c.Stays = slices.Clone(h.Stays)
	return c
}

// Pin names the very definition that a case runs on. Fingerprint keeps a
// definition from being edited under running cases.
type Pin struct {
	Name        string `json:"name"`
	Version     int    `json:"version"`
	Fingerprint string `json:"fingerprint"`
}

func (p Pin) String() string { return p.Name + "@" + strconv.Itoa(p.Version) }

// size is how many bytes the two halves of a record have.
type size struct{ header, data int }

func (s size) whole() int { return s.header + s.data }

// The record of a case is three lines: the hash of its last entry, its header
// and its data, both as JSON without line breaks. The entry in turn holds a digest
// of header and data.

func wrap(hash string, header, data []byte) []byte {
	body := make([]byte, 0, len(hash)+len(header)+len(data)+2)
	body = append(append(body, hash...), '\n')
	body = append(append(body, header...), '\n')
	return append(body, data...)
}

// unwrap returns the three lines of a record.
func unwrap(body []byte) (hash, header, data []byte, ok bool) {
	hash, rest, ok := bytes.Cut(body, []byte{'\n'})
	if !ok {
		return nil, nil, nil, false
	}
	header, data, ok = bytes.Cut(rest, []byte{'\n'})
	return hash, header, data, ok
}
