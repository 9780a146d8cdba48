// Package api describes in lines of text what the packages of a module export, so
// that a change of it can be seen in review.
package api

import (
	"context"
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/tian-go/tian/ci/golist"
)

// Package is what a package exports.
type Package struct {
	Path  string   // its import path
	Names []string // the exported names of its top level, sorted
	Lines []string // a line for each of them, and for each of their fields and methods, sorted
}

// Of returns the packages of the module in a folder that others can import, in
// the order of their paths: neither commands nor internal ones nor those that
// have tests only. It takes them as they are on linux/amd64, and as the compiler
// of the go command that is running sees them.
func Of(ctx context.Context, folder string) ([]Package, error) {
	all, compiled, err := golist.Load(ctx, folder)
	if err != nil {
		return nil, err
	}
	var found []Package
	for _, p := range all {
		if p.DepOnly || p.Name == "main" || len(p.GoFiles) == 0 || slices.Contains(strings.Split(p.ImportPath, "/"), "internal") {
			continue
		}
		typed, err := compiled.Import(p.ImportPath)
		if err != nil {
			return nil, fmt.Errorf("package %s: %w", p.ImportPath, err)
		}
		found = append(found, describe(typed))
	}
	slices.SortFunc(found, func(a, b Package) int { return strings.Compare(a.Path, b.Path) })
	return found, nil
}

func describe(p *types.Package) Package {
	d := describer{of: p}
	found := Package{Path: p.Path()}
	for _, name := range p.Scope().Names() {
		if object := p.Scope().Lookup(name); object.Exported() {
			found.Names = append(found.Names, name)
			d.object(object)
		}
	}
	slices.Sort(d.lines)
	found.Lines = d.lines
	return found
}
