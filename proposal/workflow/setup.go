package workflow

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// check finds what would only come to light, as a panic, when a case needs it.
func (v Vocabulary[C]) check() error {
	if err := store.CheckKey(v.Kind+".claim", "id"); err != nil {
		return Invalid("vocabulary.kind", "unusable", "%v", err)
	}
	for _, name := range slices.Sorted(maps.Keys(v.Guards)) {
		if v.Guards[name] == nil {
			return Invalid("vocabulary.guards", "empty", "the guard %q is nil", name)
		}
	}
	seen := map[string]bool{lifecycle.System: true, Administrator: true}
	for _, r := range v.Relations {
		switch {
		case r.Name == "" || r.Holds == nil:
			return Invalid("vocabulary.relations", "empty", "the relation %q has no name, or nothing that tells whether it holds", r.Name)
		case seen[r.Name]:
			return Invalid("vocabulary.relations", "duplicate", "the relation %q is there twice, or a role of the engine's own", r.Name)
		}
		seen[r.Name] = true
	}
	return nil
}

// checkEvents refuses an event that has the name of an act of the engine's own:
// whoever reads the journal or the feed could not tell the two apart.
func checkEvents(d lifecycle.Definition) error {
	own := func(line string, transitions []lifecycle.Transition) error {
		for i, t := range transitions {
			switch t.Event {
			case "cross", "extend", "migrate", "recount":
				return Invalid(fmt.Sprintf("%s@%d.%stransitions[%d].event", d.Name, d.Version, line, i),
					"reserved", "%q is an act of the engine's own", t.Event)
			}
		}
		return nil
	}
	if err := own("", d.Transitions); err != nil {
		return err
	}
	for i, track := range d.Tracks {
		if err := own(fmt.Sprintf("tracks[%d].", i), track.Transitions); err != nil {
			return err
		}
	}
	return nil
}

// check finds options that cannot work.
func (s *settings) check() error {
	if s.now == nil || s.newID == nil {
		return Invalid("options", "empty", "the clock, or what makes IDs, is nil")
	}
	for _, seal := range append(slices.Clone(s.older), s.sealer) {
		switch {
		case seal.name == "" || seal.make == nil:
			return Invalid("hash", "empty", "the algorithm %q has no name, or nothing that makes it", seal.name)
		case 2*seal.make().Size() > store.MaxKey:
			return Invalid("hash", "too_long", "%q gives more than %d bytes", seal.name, store.MaxKey/2)
		}
	}
	if slices.ContainsFunc(s.observers, func(o Observer) bool { return o == nil }) {
		return Invalid("options", "empty", "an observer is nil")
	}
	for _, body := range append(slices.Sorted(maps.Keys(s.forBody)), slices.Sorted(maps.Keys(s.calendars))...) {
		if _, ok := s.tree.Body(body); s.tree != nil && body != "" && !ok {
			return Invalid("body", "unknown", "there is no body %q to give a definition or a calendar to", body)
		}
	}
	return nil
}
