// Package sheets ships scoring sheets as data: nine that cities and counties
// have published, one for the quality of proposals and one for the inspection
// of a consultation platform by its ledger.
//
// Every file in data/ is a rubric of package evaluate. Where a source is cut
// off, the rubric's Incomplete says so; where it is silent, Readings says how
// the data reads it. A sheet never changes under the same version: outcomes are
// pinned to its content hash. To adapt one, load it, change name or version and
// what is needed, and compile.
package sheets

import (
	"embed"
	"fmt"
	"strings"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

//go:embed data/*.json
var data embed.FS

// Names lists the shipped sheets in alphabetical order.
func Names() []string {
	entries, err := data.ReadDir("data")
	if err != nil {
		return nil // the directory is embedded: it cannot be missing
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	return names
}

// Rubric gives a shipped sheet as data, a fresh copy each time. An unknown name
// is points.ErrInvalid.
func Rubric(name string) (rubric.Rubric, error) {
	raw, err := Source(name)
	if err != nil {
		return rubric.Rubric{}, err
	}
	r, err := rubric.Parse(raw)
	if err != nil {
		return rubric.Rubric{}, fmt.Errorf("sheet %s: %w", name, err)
	}
	return r, nil
}

// Source gives the JSON of a shipped sheet, for those who want to start from it.
func Source(name string) ([]byte, error) {
	raw, err := data.ReadFile("data/" + name + ".json")
	if err != nil || strings.ContainsAny(name, "/.") {
		return nil, fmt.Errorf("%w: there is no sheet %q; there are %s", points.ErrInvalid, name, strings.Join(Names(), ", "))
	}
	return raw, nil
}

// Sheet compiles a shipped sheet.
func Sheet(name string) (*evaluate.Sheet, error) {
	r, err := Rubric(name)
	if err != nil {
		return nil, err
	}
	s, err := evaluate.Compile(r)
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	return s, nil
}
