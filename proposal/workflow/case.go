package workflow

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
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
	Seq        uint64                   `json:"seq"` // entries in its journal

	Revision uint64 `json:"-"` // of the record, for AtRevision
	Hash     string `json:"-"` // of the last entry

	machine *lifecycle.Machine // what it is pinned to, if the engine has it
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
	return c
}

// Pin names the very definition that a case runs on. Fingerprint keeps a
// definition from being edited under running cases.
type Pin struct {
	Name        string `json:"name"`
	Version     int    `json:"version"`
	Fingerprint string `json:"fingerprint"`
}

func (p Pin) String() string { return fmt.Sprintf("%s@%d", p.Name, p.Version) }

// The record of a case is JSON: {"hash":…,"header":…,"data":…}. The hash is the
// last entry's; that entry in turn holds a digest of header and data.
type envelope[C Case] struct {
	Hash   string `json:"hash"`
	Header Header `json:"header"`
	Data   *C     `json:"data"` // nil after reading a null
}

// open reads a case from its record.
func (e *Engine[C, R]) open(r store.Record) (C, error) {
	var none C
	c := e.vocabulary.Fresh()
	env := envelope[C]{Data: &c}
	if err := json.Unmarshal(r.Data, &env); err != nil {
		return none, fmt.Errorf("%w: %s %s: %w", ErrUnreadable, r.Kind, r.ID, err)
	}
	if env.Data == nil {
		return none, fmt.Errorf("%w: %s %s holds no data", ErrUnreadable, r.Kind, r.ID)
	}
	if env.Header.ID != r.ID {
		return none, fmt.Errorf("%w: %s %s holds the case %q", ErrUnreadable, r.Kind, r.ID, env.Header.ID)
	}
	c = *env.Data
	h := c.Head()
	*h = env.Header
	h.Revision, h.Hash = r.Revision, env.Hash
	h.machine = e.Machine(h.Definition.Name, h.Definition.Version)
	return c, nil
}

// content returns the two halves of a record that a digest is taken of.
func content[C Case](c C) (header, data []byte, err error) {
	if header, err = json.Marshal(c.Head()); err != nil {
		return nil, nil, fmt.Errorf("workflow: header of %s: %w", c.Head().ID, err)
	}
	if data, err = json.Marshal(c); err != nil {
		return nil, nil, fmt.Errorf("workflow: data of %s: %w", c.Head().ID, err)
	}
	return header, data, nil
}

// wrap puts an envelope together without another pass over its halves.
func wrap(hash string, header, data []byte) []byte {
	body := make([]byte, 0, len(hash)+len(header)+len(data)+32)
	body = append(body, `{"hash":"`...)
	body = append(body, hash...)
	body = append(body, `","header":`...)
	body = append(body, header...)
	body = append(body, `,"data":`...)
	body = append(body, data...)
	return append(body, '}')
}
