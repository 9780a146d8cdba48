package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// opened fills an engine, and removes all that was made when that fails.
func opened(ctx context.Context, e *engine, fill func() error) (*engine, error) {
	if err := fill(); err != nil {
		return nil, fmt.Errorf("%s: %w", e.name, errors.Join(err, e.close(ctx)))
	}
	return e, nil
}

// libraryOn is newLibrary on what a store's Open returns.
func libraryOn[S store.Store](st S, err error) (rival, error) {
	if err != nil {
		return nil, err
	}
	return newLibrary(st)
}

// opening opens a rival at a place of its own: a file, schema or database.
type opening struct {
	name string
	open func(place string) (rival, error)
}

// chosen returns the openings with these names, or all.
func chosen(names []string, all []opening) []opening {
	if len(names) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(o opening) bool { return !slices.Contains(names, o.name) })
}

// uniqueName names a schema or database that nobody else has.
func uniqueName() string { return "against_" + strings.ToLower(rand.Text()[:10]) }

// askEach asks a database for settings, given as name, statement, name, statement.
func askEach(ctx context.Context, db *sql.DB, asked ...string) ([]setting, error) {
	var settings []setting
	for i := 0; i+1 < len(asked); i += 2 {
		s := setting{Name: asked[i]}
		if err := db.QueryRowContext(ctx, asked[i+1]).Scan(&s.Value); err != nil {
			return nil, fmt.Errorf("%s: %w", asked[i+1], err)
		}
		settings = append(settings, s)
	}
	return settings, nil
}
