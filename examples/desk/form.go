package main

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/workflow/form"
)

// input is a field of an action as a control of a form.
type input struct {
	form.Field
	Control string // its name: text.background, promises.0.by
	ID      string // on the page
	Values  []string
	Inputs  []input   // of an object
	Rows    [][]input // of a list of objects
}

const (
	spareRows  = 2 // of a list of objects
	spareLines = 3 // of a list of IDs
)

// drawn returns the controls for some fields, filled with what was sent before.
func drawn(page string, fields []form.Field, above string, sent url.Values) []input {
	inputs := make([]input, len(fields))
	for i, f := range fields {
		name := above + f.Name
		in := input{Field: f, Control: name, ID: page + "-" + name, Values: sent[name]}
		switch {
		case f.Type == form.Object && f.List:
			for n := range spareRows {
				in.Rows = append(in.Rows, optional(drawn(page, f.Fields, name+"."+strconv.Itoa(n)+".", sent)))
			}
		case f.Type == form.Object:
			in.Inputs = drawn(page, f.Fields, name+".", sent)
			if !f.Required {
				optional(in.Inputs)
			}
		case f.List && f.Type == form.ID && len(f.Fields) == 0:
			for len(in.Values) < spareLines {
				in.Values = append(in.Values, "")
			}
		case f.List:
			in.Values = []string{strings.Join(in.Values, "\n")}
		}
		inputs[i] = in
	}
	return inputs
}

// optional lets a browser send controls empty: a row or object that is left out has
// nothing that must be there, and of one that is not the library says what it lacks.
func optional(inputs []input) []input {
	for i := range inputs {
		inputs[i].Required = false
		optional(inputs[i].Inputs)
	}
	return inputs
}

// Value is what a control with one value holds.
func (in input) Value() string {
	if len(in.Values) == 0 {
		return ""
	}
	return in.Values[0]
}

// Has reports whether a value is chosen.
func (in input) Has(key string) bool {
	for _, v := range in.Values {
		for line := range strings.Lines(v) {
			if strings.TrimSpace(line) == key {
				return true
			}
		}
	}
	return false
}

// spread is the other way of [form.Read]: data as the controls of a form have it. Lists of
// objects are left out.
func spread(data any, above string, into url.Values) {
	switch v := data.(type) {
	case map[string]any:
		for key, below := range v {
			spread(below, strings.TrimPrefix(above+"."+key, "."), into)
		}
	case []any:
		for _, one := range v {
			if _, object := one.(map[string]any); !object {
				spread(one, above, into)
			}
		}
	case string:
		into.Add(above, v)
	case json.Number:
		into.Add(above, v.String())
	case bool:
		into.Add(above, strconv.FormatBool(v))
	}
}
