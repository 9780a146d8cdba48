package profiles

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Profile is one way of handling proposals.
type Profile struct {
	Key    string // stable, lower-case ASCII; that of its definition, too, unless that is one of the shipped
	Label  lifecycle.Label
	Source string
	Note   string // what was read into the source

	Definition lifecycle.Definition
	Rules      proposal.Rules
}

// Options gives a body the profile; "" is every body that has none of its own.
func (p Profile) Options(body string) []workflow.Option {
	options := []workflow.Option{workflow.WithUse(proposal.Kind, body, p.Definition.Name), workflow.WithRules(body, p.Rules)}
	if _, shipped := base(p.Definition.Name); !shipped {
		options = append(options, workflow.WithDefinition(proposal.Kind, p.Definition))
	}
	return options
}

//go:embed data
var files embed.FS

// All returns every profile, in the order of their keys: each call returns copies of
// its own.
func All() []Profile {
	names, _ := fs.Glob(files, "data/*.json") // the pattern is right
	all := make([]Profile, len(names))
	for i, name := range names {
		all[i], _ = Get(strings.TrimSuffix(strings.TrimPrefix(name, "data/"), ".json"))
	}
	return all
}

// Get returns the profile of a key.
func Get(key string) (Profile, bool) {
	data, err := files.ReadFile("data/" + key + ".json")
	if err != nil {
		return Profile{}, false
	}
	p, _ := Read(key, data) // the data is part of the program; a test holds that it parses
	return p, true
}

// written is a profile as a file holds it: what differs from a shipped definition
// and from the default rules.
type written struct {
	Label   lifecycle.Label `json:"label"`
	Source  string          `json:"source"`
	Note    string          `json:"note"`
	From    string          `json:"from"` // the shipped definition that it was derived from
	Changes changes         `json:"changes"`
	Rules   json.RawMessage `json:"rules"` // what differs from proposal.DefaultRules
}

// Read reads a profile of your own, in the form of those in the folder data: from
// which shipped definition it was derived, and what differs. It is strict: a member
// that is unknown is an error. Whether the definition is sound is for
// [proposal.New] to say.
func Read(key string, data []byte) (Profile, error) {
	var w written
	if err := strictly(data, &w); err != nil {
		return Profile{}, fmt.Errorf("profiles: %s: %w", key, err)
	}
	p := Profile{Key: key, Label: w.Label, Source: w.Source, Note: w.Note, Rules: proposal.DefaultRules()}
	from, ok := base(w.From)
	if !ok {
		return Profile{}, fmt.Errorf("profiles: %s: there is no shipped definition %q", key, w.From)
	}
	if p.Definition = from; !w.Changes.none() {
		p.Definition = w.Changes.apply(from)
		p.Definition.Name, p.Definition.Version, p.Definition.Label = key, 1, w.Label
	}
	if w.Rules != nil {
		var err error
		if p.Rules, err = workflow.DecodeRules(p.Rules, w.Rules); err != nil {
			return Profile{}, fmt.Errorf("profiles: rules of %s: %w", key, err)
		}
	}
	return p, nil
}

func base(name string) (lifecycle.Definition, bool) {
	switch name {
	case "nine":
		return proposal.Nine(), true
	case "seven":
		return proposal.Seven(), true
	}
	return lifecycle.Definition{}, false
}

func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(into) //nolint:wrapcheck // the caller names the profile
}
