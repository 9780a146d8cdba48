package workflow

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Body (本级政协) is a conference, of a district, a city, a province: every case
// and every actor belongs to one.
type Body struct {
	ID     string
	Parent string         // "" for the top
	Name   string         // for people
	Zone   *time.Location // whose dates count; nil: its parent's, and at the top that of its calendar
}

// Tree is the bodies of one deployment. It is immutable. The nil tree knows no
// bodies: every ID then stands alone, in the time of its calendar.
type Tree struct {
	bodies map[string]Body
	order  []string         // their IDs, as they were given
	place  map[string]int   // in that order
	below  map[string][]int // the places of those directly below
}

// NewTree builds a tree. An ID that is empty, there twice, longer than
// store.MaxKey bytes or not UTF-8, a parent that is not there, and a circle are
// errors that match [ErrInvalid].
func NewTree(bodies ...Body) (*Tree, error) {
	t := &Tree{bodies: make(map[string]Body, len(bodies)), place: make(map[string]int, len(bodies)), below: make(map[string][]int)}
	for i, b := range bodies {
		if b.ID == "" {
			return nil, Invalid(fmt.Sprintf("bodies[%d]", i), "empty", "机构没有编号", "a body has no ID")
		}
		if err := checkWord(fmt.Sprintf("bodies[%d]", i), b.ID, store.MaxKey); err != nil {
			return nil, err
		}
		if _, twice := t.bodies[b.ID]; twice {
			return nil, Invalid(fmt.Sprintf("bodies[%d]", i), "duplicate", "机构%q重复", "body %q is there twice", b.ID)
		}
		t.bodies[b.ID], t.place[b.ID] = b, i
		t.order = append(t.order, b.ID)
		if b.Parent != "" {
			t.below[b.Parent] = append(t.below[b.Parent], i)
		}
	}
	if err := t.climb(); err != nil {
		return nil, err
	}
	return t, nil
}

// climb goes from every body to the top, or to where an earlier body has been.
func (t *Tree) climb() error {
	passed := make(map[string]int, len(t.order)) // by whom, its place
	for i, id := range t.order {
		for at := t.bodies[id]; at.Parent != ""; at = t.bodies[at.Parent] {
			if by, been := passed[at.ID]; been && by == i {
				return Invalid(fmt.Sprintf("bodies[%d]", i), "circle", "机构%q成为自己的下级", "body %q is below itself", id)
			} else if been {
				break
			}
			passed[at.ID] = i
			if _, ok := t.bodies[at.Parent]; !ok {
				return Invalid(fmt.Sprintf("bodies[%d]", i), "unknown", "机构%q的上级%q不存在", "body %q is below %q, which is not there", at.ID, at.Parent)
			}
		}
	}
	return nil
}

// Body returns the body of that ID.
func (t *Tree) Body(id string) (Body, bool) {
	if t == nil {
		return Body{}, false
	}
	b, ok := t.bodies[id]
	return b, ok
}

// known refuses a body that a tree does not have; "" is every body.
func (t *Tree) known(field, id string) error {
	if _, ok := t.Body(id); t != nil && id != "" && !ok {
		return Invalid(field, "unknown", "没有机构%q", "there is no body %q", id)
	}
	return nil
}

// Path returns id and the bodies above it, nearest first.
func (t *Tree) Path(id string) []string {
	path := []string{id}
	for at := t.above(id); at != ""; at = t.above(at) {
		path = append(path, at)
	}
	return path
}

// upward yields a body, those above it, nearest first, and "" for every body.
func (t *Tree) upward(id string) iter.Seq[string] {
	return func(yield func(string) bool) {
		at := id
		for yield(at) && at != "" {
			at = t.above(at)
		}
	}
}

// above returns the body above one; "" when there is none.
func (t *Tree) above(id string) string {
	b, _ := t.Body(id)
	return b.Parent
}

// Covers reports whether above is id or a body above it.
func (t *Tree) Covers(above, id string) bool {
	for {
		if above == id {
			return true
		}
		b, ok := t.Body(id)
		if !ok || b.Parent == "" {
			return false
		}
		id = b.Parent
	}
}

// Below returns id and every body below it, in the order in which the tree was
// given.
func (t *Tree) Below(id string) []string {
	if _, known := t.Body(id); !known {
		return []string{id}
	}
	places := []int{t.place[id]}
	for next := 0; next < len(places); next++ {
		places = append(places, t.below[t.order[places[next]]]...)
	}
	slices.Sort(places)
	below := make([]string, len(places))
	for i, place := range places {
		below[i] = t.order[place]
	}
	return below
}

// Zone returns the time zone that the tree states for the body, and UTC where it
// states none; see [Engine.Zone].
func (t *Tree) Zone(id string) *time.Location {
	if zone := t.zone(id); zone != nil {
		return zone
	}
	return time.UTC
}

// zone returns the time zone stated for the body or the nearest body above it; nil
// when there is none.
func (t *Tree) zone(id string) *time.Location {
	for _, at := range t.Path(id) {
		if b, ok := t.Body(at); ok && b.Zone != nil {
			return b.Zone
		}
	}
	return nil
}
