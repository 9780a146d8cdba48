package main

import (
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// shippedDefinition returns a definition that comes with the library, or with
// the ledger.
func shippedDefinition(name string) (lifecycle.Definition, error) {
	shipped := map[string]func() lifecycle.Definition{
		"nine": proposal.Nine, "seven": proposal.Seven, "ledger": ledger.Definition,
	}
	get, ok := shipped[name]
	if !ok {
		return lifecycle.Definition{}, said("--name：没有流程“%s”，只有 %v", "--name: there is no definition %q, only %v", name, slices.Sorted(maps.Keys(shipped)))
	}
	return get(), nil
}

// decodeDefinition reads a definition; its error has the code "malformed".
func decodeDefinition(data []byte) (lifecycle.Definition, error) {
	d, err := lifecycle.Decode(data)
	if err != nil {
		return d, &codedError{"malformed", err}
	}
	return d, nil
}
