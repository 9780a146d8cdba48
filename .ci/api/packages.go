// Package api describes in lines of text what the packages of a module export, so
// that a change of it can be seen in review.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Package is what a package exports.
type Package struct {
	Path  string   // its import path
	Names []string // the exported names of its top level, sorted
	Lines []string // a line for each of them, and for each of their fields and methods, sorted
}

// listed is what `go list -export -json` prints of a package.
type listed struct {
	ImportPath, Name, Export string
	DepOnly                  bool
	GoFiles                  []string
}

// Of returns the packages of the module in a folder that others can import, in
// the order of their paths: neither commands nor internal ones nor those that
// have tests only. It takes them as they are on linux/amd64, and as the compiler
// of the go command that is running sees them.
func Of(ctx context.Context, folder string) ([]Package, error) {
	all, err := list(ctx, folder)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	compiled := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
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

func list(ctx context.Context, folder string) ([]listed, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-export", "-json=ImportPath,Name,Export,DepOnly,GoFiles", "./...")
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w: %s", folder, err, complaint.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list in %s: %w", folder, err)
		}
		all = append(all, p)
	}
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
