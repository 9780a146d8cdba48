package workflow

import (
	"fmt"
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
	Zone   *time.Location // whose dates count; nil: its parent's, and UTC at the top
}

// Tree is the bodies of one deployment. It is immutable. The nil tree knows no
// bodies: every ID then stands alone, in UTC.
type Tree struct {
	bodies map[string]Body
	order  []string
}

// NewTree builds a tree. An ID that is empty, there twice, longer than
// store.MaxKey bytes or not UTF-8, a parent that is not there, and a circle are
// errors that match [ErrInvalid].
func NewTree(bodies ...Body) (*Tree, error) {
	t := &Tree{bodies: make(map[string]Body, len(bodies))}
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
		t.bodies[b.ID] = b
		t.order = append(t.order, b.ID)
	}
	for i, b := range bodies {
		steps := 0
		for at := b; at.Parent != ""; steps++ {
			parent, ok := t.bodies[at.Parent]
			if !ok {
				return nil, Invalid(fmt.Sprintf("bodies[%d]", i), "unknown", "机构%q的上级%q不存在", "body %q is below %q, which is not there", at.ID, at.Parent)
			}
			if steps > len(bodies) {
				return nil, Invalid(fmt.Sprintf("bodies[%d]", i), "circle", "机构%q成为自己的下级", "body %q is below itself", b.ID)
			}
			at = parent
		}
	}
	return t, nil
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
	for b, ok := t.Body(id); ok && b.Parent != ""; b, ok = t.Body(b.Parent) {
		path = append(path, b.Parent)
	}
	return path
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
	if t == nil {
		return []string{id}
	}
	var below []string
	for _, b := range t.order {
		if t.Covers(id, b) {
			below = append(below, b)
		}
	}
	if !slices.Contains(below, id) {
		below = append([]string{id}, below...)
	}
	return below
}

// Zone returns the time zone whose dates count in the body.
func (t *Tree) Zone(id string) *time.Location {
	for _, at := range t.Path(id) {
		if b, ok := t.Body(at); ok && b.Zone != nil {
			return b.Zone
		}
	}
	return time.UTC
}

// Nearest returns what of holds for a body, else for the nearest body above it
// that has something, else for "", which is every body.
func Nearest[T any](t *Tree, body string, of map[string]T) T {
	for _, at := range t.Path(body) {
		if v, ok := of[at]; ok {
			return v
		}
	}
	return of[""]
}
