package workflow

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// attributes are what a case is found by, sorted, each once.
func (e *Engine[C, R]) attributes(c C) []store.Attr {
	const most = 64 // that most cases have
	h := c.Head()
	attrs := append(make([]store.Attr, 0, most),
		store.Attr{Name: "body", Value: h.Body}, store.Attr{Name: "state", Value: h.State}, store.Attr{Name: "stage", Value: h.Stage},
		store.Attr{Name: "means", Value: h.Means()}, store.Attr{Name: "definition", Value: h.Definition.String()},
		store.Attr{Name: "opened", Value: h.Opened.UTC().Format(time.RFC3339)}, store.Attr{Name: "changed", Value: h.Changed.UTC().Format(time.DateOnly)},
	)
	for _, body := range h.Left() {
		attrs = append(attrs, store.Attr{Name: "left", Value: body})
	}
	attrs = clockAttributes(attrs, h)
	attrs = e.lists(e.seers(attrs, c), c)
	if e.vocabulary.Index != nil {
		for _, a := range e.vocabulary.Index(c) {
			if a.Value != "" {
				attrs = append(attrs, store.Attr{Name: a.Name, Value: cut(a.Value, store.MaxAttr)})
			}
		}
	}
	slices.SortFunc(attrs, store.CompareAttrs)
	return slices.Compact(attrs)
}
