package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Part is a part of a case that some may see and others not. A field that
// belongs to no part is seen by nobody.
type Part[C Case] struct {
	Key   string
	Label lifecycle.Label

	// Show puts what belongs to the part, as the actor may see it, into seen, which
	// is otherwise empty or shows other parts. It is pure, and shares with c what
	// nobody writes to.
	Show func(a Actor, seen, c C)
}

// The parts that every case has. Whoever sees a case at all sees its ID, body,
// definition, state and stage, and when it was opened and changed.
const (
	SeeProgress = "progress" // the states of its tracks, and the bodies that it has left
	SeeClocks   = "clocks"   // its clocks and the dates that limits count from
	SeeTimeline = "timeline" // its history without what was said: when, which event, which moves
	SeeHistory  = "history"  // its whole history
)

// SeeAll is the part of an attribute that no reader asks by but [Engine.All]; no
// sight can name it.
const SeeAll = "all"

var partsOfAll = []string{SeeProgress, SeeClocks, SeeTimeline, SeeHistory} //nolint:gochecknoglobals // a constant

// A case is indexed under a key for each of those who see it now, and an actor
// has the keys of what he is: that the two have a key in common is the one rule
// by which both questions are answered, whether an actor sees a case, and which
// cases he sees.

// seer is the attribute that holds the keys.
const seer = "seer"

const anyone = "anyone"

// keyOf makes one text of several, so that no two lists make the same.
func keyOf(parts ...string) string {
	if plainKey(parts...) {
		return strings.Join(parts, "\x1f")
	}
	quoted := make([]string, len(parts))
	for i, p := range parts {
		quoted[i] = fmt.Sprintf("%q", p)
	}
	return parts[0] + "\x1f#" + uuid.NewSHA1(uuid.NameSpaceOID, []byte(strings.Join(quoted, ","))).String()
}

// plainKey reports whether a key of several texts can be read as they are.
func plainKey(parts ...string) bool {
	size := len(parts) - 1
	for _, p := range parts {
		if strings.IndexByte(p, '\x1f') >= 0 {
			return false
		}
		size += len(p)
	}
	return size <= store.MaxAttr/2
}

// bodiesOf returns in which bodies those are whom a sight names: in the one of the
// case, or in those that it has left.
func bodiesOf(s lifecycle.Sight, h *Header) []string {
	if s.Left {
		return h.Left()
	}
	return []string{h.Body}
}

// keysOf appends the keys of those whom a sight names, in a body: a role or a
// relation.
func (e *Engine[C, R]) keysOf(keys []string, who, body string, c C) []string {
	if who == lifecycle.Anyone {
		return append(keys, anyone)
	}
	for i := range e.vocabulary.Relations {
		r := &e.vocabulary.Relations[i]
		if r.Name != who {
			continue
		}
		for _, p := range r.Whom(c) {
			if p.Person != "" {
				keys = append(keys, keyOf("person", body, p.Person))
			}
			if p.Unit != "" {
				keys = append(keys, keyOf("unit", body, e.spelled(p.Unit)))
			}
			if p.Office != "" {
				keys = append(keys, keyOf("office", body, p.Office))
			}
			if p.Anyone {
				keys = append(keys, anyone)
			}
		}
		return keys
	}
	keys = append(keys, keyOf("role", body, who))
	for above := e.tree.above(body); above != ""; above = e.tree.above(above) {
		keys = append(keys, keyOf("grant", above, who))
	}
	return keys
}

// eyes returns the keys that an actor has, but for those of his offices.
func (e *Engine[C, R]) eyes(a Actor) []string {
	keys := []string{anyone}
	if a.ID == "" {
		return keys
	}
	keys = append(keys, keyOf("person", a.Body, a.InName()))
	if a.Unit != "" {
		keys = append(keys, keyOf("unit", a.Body, e.spelled(a.Unit)))
	}
	plain := func(role string) bool { return role != lifecycle.System && !e.isRelation(role) }
	for _, r := range a.Roles {
		if plain(r) {
			keys = append(keys, keyOf("role", a.Body, r))
		}
	}
	for _, g := range a.Grants {
		if plain(g.Role) {
			keys = append(keys, keyOf("role", g.Body, g.Role), keyOf("grant", g.Body, g.Role))
		}
	}
	return keys
}

func (e *Engine[C, R]) spelled(unit string) string {
	if e.vocabulary.Spelled == nil {
		return unit
	}
	return e.vocabulary.Spelled(unit)
}

// seers appends the attributes by which those who see a case find it.
func (e *Engine[C, R]) seers(attrs []store.Attr, c C) []store.Attr {
	h := c.Head()
	var asked, keys []string // several sights name the same
	for s := range h.machine.Sight(h.State, h.Stage) {
		for _, who := range s.Who {
			if !s.Left && slices.Contains(asked, who) {
				continue
			}
			if !s.Left {
				asked = append(asked, who)
			}
			keys = keys[:0]
			for _, body := range bodiesOf(s, h) {
				keys = e.keysOf(keys, who, body, c)
			}
			for _, key := range keys {
				attrs = append(attrs, store.Attr{Name: seer, Value: key})
			}
		}
	}
	return attrs
}

// seen returns the parts of a case that somebody with these keys sees; none: the
// case is not there for them.
func (e *Engine[C, R]) seen(c C, eyes []string) []string {
	h := c.Head()
	if h.machine == nil {
		return nil
	}
	var parts []string
	for s := range h.machine.Sight(h.State, h.Stage) {
		bodies := bodiesOf(s, h)
		if slices.ContainsFunc(s.Who, func(who string) bool {
			return slices.ContainsFunc(bodies, func(body string) bool {
				return slices.ContainsFunc(e.keysOf(nil, who, body, c), func(key string) bool { return slices.Contains(eyes, key) })
			})
		}) {
			parts = append(parts, s.Sees...)
		}
	}
	return parts
}

// shown returns a copy of a case with these parts and nothing else.
func (e *Engine[C, R]) shown(a Actor, c C, parts []string) C {
	h := c.Head()
	copied := e.vocabulary.Fresh()
	*copied.Head() = Header{
		ID: h.ID, Body: h.Body, Definition: h.Definition, State: h.State, Stage: h.Stage,
		Opened: h.Opened, Changed: h.Changed, Revision: h.Revision, machine: h.machine,
	}
	if slices.Contains(parts, SeeProgress) {
		copied.Head().Tracks, copied.Head().Stays = h.clone().Tracks, h.clone().Stays
	}
	if slices.Contains(parts, SeeClocks) {
		copied.Head().Clocks, copied.Head().Dates = h.clone().Clocks, h.clone().Dates
	}
	for _, p := range e.vocabulary.Parts {
		if slices.Contains(parts, p.Key) {
			p.Show(a, copied, c)
		}
	}
	return copied
}

// sightOf finds in who sees what of a definition what does not exist, and
// relations by which nobody can be found.
func (v *Vocabulary[C, R]) sightOf(c *contract, d lifecycle.Definition) {
	parts := slices.Clone(partsOfAll)
	for _, p := range v.Parts {
		parts = append(parts, p.Key)
	}
	for i, s := range d.Sight {
		where := fmt.Sprintf("sight[%d]", i)
		for j, who := range s.Who {
			at := fmt.Sprintf("%s.who[%d]", where, j)
			c.oneRole(at, who, append(slices.Clone(c.roles), lifecycle.Anyone))
			for _, r := range v.Relations {
				if r.Name == who && r.Whom == nil {
					c.add(lifecycle.BadSight, at, "关系%[1]q不能列出都有谁，不能用于可见范围", "the relation %[1]q cannot list whom it holds for, and no sight can name it", who)
				}
			}
		}
		for j, part := range s.Sees {
			if !slices.Contains(parts, part) {
				c.unknown(lifecycle.UnknownPart, fmt.Sprintf("%s.sees[%d]", where, j), part, parts,
					"没有可见部分%[1]q", "there is no part %[1]q of the case")
			}
		}
	}
}
