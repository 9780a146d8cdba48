package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
)

// WithoutGuards returns, for each guard that a transition of a shipped definition
// asks, the definition without it there, and a name for that.
func withoutGuards(file string) (names []string, definitions [][]byte, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, fmt.Errorf("mutate: %w", err)
	}
	type transition struct {
		of     map[string]any
		line   string
		number int
	}
	count := func(d map[string]any) (all []transition) {
		seen := map[string]int{}
		add := func(line string, list any) {
			of, _ := list.([]any)
			for _, t := range of {
				one, _ := t.(map[string]any)
				at := fmt.Sprint(line, one["event"], " from ", one["from"])
				seen[at]++
				all = append(all, transition{one, at, seen[at]})
			}
		}
		add("", d["transitions"])
		tracks, _ := d["tracks"].([]any)
		for _, t := range tracks {
			track, _ := t.(map[string]any)
			add(fmt.Sprint(track["key"], "."), track["transitions"])
		}
		return all
	}
	for i := 0; ; i++ {
		var d map[string]any
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&d); err != nil {
			return nil, nil, fmt.Errorf("mutate: %s: %w", file, err)
		}
		at := i
		found := false
		for _, t := range count(d) {
			guards, _ := t.of["guards"].([]any)
			if at >= len(guards) {
				at -= len(guards)
				continue
			}
			name := fmt.Sprintf("%s %s without %v", path.Base(file), t.line, guards[at])
			if t.number > 1 {
				name += fmt.Sprintf(" #%d", t.number)
			}
			names = append(names, name)
			t.of["guards"] = append(guards[:at:at], guards[at+1:]...)
			found = true
			break
		}
		if !found {
			return names, definitions, nil
		}
		changed, err := json.Marshal(d)
		if err != nil {
			return nil, nil, fmt.Errorf("mutate: %w", err)
		}
		definitions = append(definitions, changed)
	}
}

// Replaced puts into the decoder of shipped definitions that a file named in the
// environment stands for the definition of its name.
func replaced(text []byte) ([]byte, error) {
	const head = "func Shipped(data []byte) Definition {\n"
	before, after, found := bytes.Cut(text, []byte(head))
	if !found {
		return nil, fmt.Errorf("mutate: there is no %q to read definitions with", head)
	}
	return bytes.Join([][]byte{before, []byte(head + "	data = mutantDefinition(data)\n"), after}, nil), nil
}

const definitionSwitch = `package lifecycle

import (
	"encoding/json"
	"os"
)

func mutantDefinition(data []byte) []byte {
	var is, other struct{ Name string }
	text, err := os.ReadFile(os.Getenv("TIAN_MUTANT_DEFINITION"))
	if err != nil || json.Unmarshal(data, &is) != nil || json.Unmarshal(text, &other) != nil || is.Name != other.Name {
		return data
	}
	return text
}
`
