package workflow

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// Query asks for cases, page by page. The zero Query is every case that the
// reader sees, by ID.
type Query struct {
	List        string // the key of a [List]: its cases, in its order
	Key         string // of the list: whose; "": the reader's own
	Body        string // of the list: which body's; "": the reader's own
	From, Until string // bounds of the list's sort, from the first included to the second excluded; "": none

	Where []store.Match // all of them must hold
	Order string        // an attribute to order by; "": the list's own order, and the ID without a list
	Desc  bool          // from the last to the first
	After string        // the Next of the page before
	Max   int           // at most so many; 0: store.DefaultLimit
}

// Page is a page of cases.
type Page[C Case] struct {
	Cases      []C
	Next       string  // what asks for the page behind; "" at the end
	Unreadable []error // records that stand here and cannot be read, each with its ID
}

// asks turns q into what the store is asked, and tells which parts of a case it
// looks at.
func (r Reader[C, R]) asks(q Query) (asked store.Query, needs []string, err error) {
	e := r.engine
	asked = store.Query{Kind: e.vocabulary.Kind, Where: slices.Clone(q.Where), Order: q.Order, Desc: q.Desc, Max: store.Limit(q.Max)}
	for i, m := range q.Where {
		if needs, err = e.needs(fmt.Sprintf("where[%d]", i), m, needs); err != nil {
			return asked, nil, err
		}
	}
	if q.Order != "" {
		if needs, err = e.needs("order", store.Match{Attr: q.Order}, needs); err != nil {
			return asked, nil, err
		}
	}
	if q.List != "" {
		l, err := e.list(q.List)
		if err != nil {
			return asked, nil, err
		}
		asked.Where = append(asked.Where, r.stands(l, q)...)
		if q.Order == "" {
			asked.Order = listAttr(l.Key)
		}
	}
	if !r.all {
		if slices.Contains(needs, SeeAll) {
			return asked, nil, Invalid("where", "unknown_attribute", "条件或排序所用的属性只供可见全部的程序使用", "an attribute asked or ordered by is for code that may see all")
		}
		asked.Where = append(asked.Where, store.Match{Attr: seer, Op: store.Is, Values: r.eyes})
	}
	asked.After, err = decodePlace(q.After)
	return asked, needs, err
}

// stands returns the conditions of a list.
func (r Reader[C, R]) stands(l List[C], q Query) []store.Match {
	body, key := q.Body, q.Key
	if body == "" {
		body = r.actor.Body
	}
	if key == "" {
		switch l.For {
		case OfPerson:
			key = r.actor.InName()
		case OfUnit:
			key = r.actor.Unit
		case OfBody:
		}
	}
	attr, all := listAttr(l.Key), r.engine.standing(l, body, key, "")
	where := []store.Match{{Attr: attr, Op: store.Prefix, Values: []string{all}}}
	if q.From != "" {
		where = append(where, store.Match{Attr: attr, Op: store.AtLeast, Values: []string{r.engine.standing(l, body, key, q.From)}})
	}
	if q.Until != "" {
		where = append(where, store.Match{Attr: attr, Op: store.Below, Values: []string{r.engine.standing(l, body, key, q.Until)}})
	}
	return where
}

// needs adds the parts that a condition looks at, and refuses an attribute that
// does not exist.
func (e *Engine[C, R]) needs(field string, m store.Match, needs []string) ([]string, error) {
	for i, one := range m.Any {
		var err error
		if needs, err = e.needs(fmt.Sprintf("%s.any[%d]", field, i), one, needs); err != nil {
			return nil, err
		}
	}
	if len(m.Any) > 0 {
		return needs, nil
	}
	a, err := e.attribute(field, m.Attr)
	if err == nil && a.Part != "" && !slices.Contains(needs, a.Part) {
		needs = append(needs, a.Part)
	}
	return needs, err
}

// Page returns a page of the cases that answer q. Pages are stable while others
// write: a case whose place does not change is met once.
func (r Reader[C, R]) Page(ctx context.Context, q Query) (Page[C], error) {
	var page Page[C]
	if err := r.engine.freshen(ctx); err != nil {
		return page, err
	}
	r, err := r.looking(ctx)
	if err != nil {
		return page, err
	}
	asked, needs, err := r.asks(q)
	if err != nil {
		return page, err
	}
	want := asked.Max
	asked.Max = min(want+1, store.MaxLimit) // whether another page follows
	for {
		records, err := r.engine.find(ctx, asked)
		if err != nil {
			return Page[C]{}, fmt.Errorf("workflow: find: %w", err)
		}
		for _, record := range records {
			if len(page.Cases) == want {
				page.Next = encodePlace(asked.After)
				return page, nil
			}
			asked.After = asked.PlaceOf(record)
			c, ok, err := r.show(record, needs)
			switch {
			case err != nil:
				page.Unreadable = append(page.Unreadable, err)
			case ok:
				page.Cases = append(page.Cases, c)
			}
		}
		if len(records) < asked.Max {
			return page, nil
		}
		if len(page.Cases) == want {
			page.Next = encodePlace(asked.After)
			return page, nil
		}
	}
}

// Each calls do with every case that answers q, whatever its Max, until do
// returns an error. A record that cannot be read hides no other: the error at
// the end names each.
func (r Reader[C, R]) Each(ctx context.Context, q Query, do func(C) error) error {
	q.Max = store.DefaultLimit
	if values(q.Where) > store.MaxValues {
		q.Max = store.MaxValues // each page asks piece by piece for all of them: see find
	}
	var unread []error
	for {
		page, err := r.Page(ctx, q)
		if err != nil {
			return errors.Join(append(unread, err)...)
		}
		unread = append(unread, page.Unreadable...)
		for _, c := range page.Cases {
			if err := do(c); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return errors.Join(unread...)
		}
		q.After = page.Next
	}
}

// Count returns how many cases answer q, whatever its Order, After and Max. It
// costs what it counts, and reads indexes only, unless q asks by an attribute of
// a part that the reader may not see in every case: then it reads the cases.
func (r Reader[C, R]) Count(ctx context.Context, q Query) (int64, error) {
	counts, err := r.CountBy(ctx, q, "")
	return counts[""], err
}

// CountBy returns how many cases that answer q have each value of an attribute;
// one with several values counts under each.
func (r Reader[C, R]) CountBy(ctx context.Context, q Query, attr string) (map[string]int64, error) {
	if err := r.engine.freshen(ctx); err != nil {
		return nil, err
	}
	r, err := r.looking(ctx)
	if err != nil {
		return nil, err
	}
	q.After, q.Order = "", attr
	asked, needs, err := r.asks(q)
	if err != nil {
		return nil, err
	}
	counter, able := store.As[store.Counter](r.engine.store)
	if asked.Order = attr; able && (r.all || len(needs) == 0) && values(asked.Where) <= store.MaxValues {
		counts, err := counter.Count(ctx, r.engine.spell(asked), attr)
		if err != nil {
			return nil, fmt.Errorf("workflow: count: %w", err)
		}
		return counts, nil
	}
	counts, err := store.CountFound(ctx, r.engine.find, asked, attr, func(record store.Record) bool {
		_, ok, err := r.show(record, needs)
		return ok && err == nil
	})
	if err != nil {
		return nil, fmt.Errorf("workflow: count: %w", err)
	}
	return counts, nil
}

// values counts what conditions compare with.
func values(where []store.Match) (n int) {
	for _, m := range where {
		n += len(m.Values)
		for _, one := range m.Any {
			n += len(one.Values)
		}
	}
	return n
}

// A cursor is a place, which callers hand back as they were given it.

func encodePlace(p store.Place) string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.Value + "\x00" + p.ID))
}

func decodePlace(cursor string) (store.Place, error) {
	if cursor == "" {
		return store.Place{}, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	value, id, ok := strings.Cut(string(text), "\x00")
	if err != nil || !ok || id == "" {
		return store.Place{}, Invalid("after", "malformed", "%q不是上一页给出的续页标记", "%q is not the Next of a page", cursor)
	}
	return store.Place{Value: value, ID: id}, nil
}
