// Package tied finds the files of one package that name each other: neither can be
// read without the other.
package tied

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"

	"github.com/tian-go/tian/ci/golist"
)

// Pair is two files of a package, in the order of their names.
type Pair struct{ Package, A, B string }

func (p Pair) String() string { return fmt.Sprintf("%s: %s and %s", p.Package, p.A, p.B) }

// Of returns the pairs of all packages of the module in a folder, in order. Names
// are those of the top level and of methods; the fields of a type are the type's.
func Of(ctx context.Context, folder string) ([]Pair, error) {
	all, compiled, err := golist.Load(ctx, folder)
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, p := range all {
		if p.DepOnly {
			continue
		}
		uses, err := usesOf(p, compiled)
		if err != nil {
			return nil, err
		}
		for use := range uses {
			if use.from < use.to && uses[arrow{use.to, use.from}] {
				pairs = append(pairs, Pair{p.ImportPath, use.from, use.to})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return slices.Compare([]string{a.Package, a.A, a.B}, []string{b.Package, b.A, b.B})
	})
	return pairs, nil
}

// arrow says that a file names what another declares.
type arrow struct{ from, to string }

func usesOf(p golist.Package, compiled types.Importer) (map[arrow]bool, error) {
	set := token.NewFileSet()
	files := make([]*ast.File, len(p.GoFiles))
	for i, name := range p.GoFiles {
		var err error
		if files[i], err = parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution); err != nil {
			return nil, fmt.Errorf("package %s: %w", p.ImportPath, err)
		}
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	typed, err := (&types.Config{Importer: compiled}).Check(p.ImportPath, set, files, &info)
	if err != nil {
		return nil, fmt.Errorf("package %s: %w", p.ImportPath, err)
	}
	fileOf := func(at token.Pos) string { return filepath.Base(set.Position(at).Filename) }
	uses := map[arrow]bool{}
	for name, object := range info.Uses {
		if object.Pkg() == typed && (object.Parent() == typed.Scope() || isMethod(object)) {
			uses[arrow{fileOf(name.Pos()), fileOf(object.Pos())}] = true
		}
	}
	return uses, nil
}

func isMethod(object types.Object) bool {
	f, ok := object.(*types.Func)
	return ok && f.Signature().Recv() != nil
}
