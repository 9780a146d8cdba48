// Package golist asks the go command what packages a module has, with what the
// compiler knows of them and of all that they import.
package golist

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
	"strings"
)

// Package is what `go list -export -json` prints of a package.
type Package struct {
	ImportPath, Name, Dir, Export string
	DepOnly                       bool // it is of another module
	GoFiles                       []string
}

// Load returns the packages of the module in a folder and all that they import,
// and an importer that knows them, as they are on linux/amd64 and as the compiler
// of the go command that is running sees them.
func Load(ctx context.Context, folder string) ([]Package, types.Importer, error) {
	all, err := list(ctx, folder)
	if err != nil {
		return nil, nil, err
	}
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	compiled := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	return all, compiled, nil
}

func list(ctx context.Context, folder string) ([]Package, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-export", "-json=ImportPath,Name,Dir,Export,DepOnly,GoFiles", "./...")
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w: %s", folder, err, complaint.String())
	}
	var all []Package
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p Package
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list in %s: %w", folder, err)
		}
		all = append(all, p)
	}
}
