package letter

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// marked is a part of a document with the places of its paragraphs and fields.
// What is not a field is copied as it stands.
type marked struct {
	data       []byte
	paragraphs []*paragraph // those with fields, in the order of their beginnings
	heading    string       // ID of the style for headings of the text, "" for none
}

// paragraph is a paragraph with fields. Paragraphs of a text box stand within
// another; each has its own texts only.
type paragraph struct {
	from, to int
	texts    []stretch
	cell     bool // in a table
	keep     bool // it holds more than text, so that it is never left out
	fields   []field
}

// stretch is the text of one w:t, as bytes of the part.
type stretch struct {
	from, to int
	text     string
}

// field is a field within the joined texts of its paragraph.
type field struct {
	from, to int
	name     string
}

// A field is at most 40 characters between double braces.
var fieldPattern = regexp.MustCompile(`\{\{\s*([^{}]{1,40}?)\s*\}\}`)

// mark finds the fields of a part.
func mark(data []byte) (*marked, error) {
	m := &marked{data: data}
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []*paragraph
	var all []*paragraph
	cells, inText := 0, false
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err //nolint:wrapcheck // Open says which part
		}
		to := int(d.InputOffset())
		switch token := token.(type) {
		case xml.StartElement:
			switch word(token.Name) {
			case "p":
				p := &paragraph{from: from, cell: cells > 0}
				open, all = append(open, p), append(all, p)
			case "tc":
				cells++
			case "t":
				inText = true
			case "sectPr", "drawing", "pict", "object":
				for _, p := range open {
					p.keep = true
				}
			}
		case xml.EndElement:
			switch word(token.Name) {
			case "p":
				if n := len(open); n > 0 {
					open[n-1].to = to
					open = open[:n-1]
				}
			case "tc":
				cells--
			case "t":
				inText = false
			}
		case xml.CharData:
			if n := len(open); inText && n > 0 {
				open[n-1].texts = append(open[n-1].texts, stretch{from, to, string(token)})
			}
		}
	}
	for _, p := range all {
		if p.find(); len(p.fields) > 0 && p.to > 0 {
			m.paragraphs = append(m.paragraphs, p)
		}
	}
	return m, nil
}

// word is the name of an element of a Word document, "" for another's.
func word(n xml.Name) string {
	if n.Space != "w" {
		return ""
	}
	return n.Local
}

func (p *paragraph) joined() string {
	var b strings.Builder
	for _, s := range p.texts {
		b.WriteString(s.text)
	}
	return b.String()
}

func (p *paragraph) find() {
	text := p.joined()
	for _, at := range fieldPattern.FindAllStringSubmatchIndex(text, -1) {
		p.fields = append(p.fields, field{at[0], at[1], text[at[2]:at[3]]})
	}
}

// alone reports whether the paragraph is one field and nothing else.
func (p *paragraph) alone() bool {
	return len(p.fields) == 1 && strings.TrimSpace(p.joined()) == strings.TrimSpace(p.joined()[p.fields[0].from:p.fields[0].to])
}

func (m *marked) names() []string {
	var names []string
	for _, p := range m.paragraphs {
		for _, f := range p.fields {
			if !slices.Contains(names, f.name) {
				names = append(names, f.name)
			}
		}
	}
	return names
}

// edit is a replacement of some bytes of a part.
type edit struct {
	from, to int
	with     []byte
}

// fill returns the part with its fields filled.
func (m *marked) fill(f Fields) []byte {
	var edits []edit
	gone := 0 // up to here everything has been replaced
	for _, p := range m.paragraphs {
		if p.from < gone {
			continue
		}
		switch whole, is := p.whole(m.data, f, m.heading); {
		case is:
			edits = append(edits, edit{p.from, p.to, whole})
			gone = p.to
		default:
			edits = append(edits, p.edits(f.value)...)
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	return apply(m.data, 0, len(m.data), edits)
}

func apply(data []byte, from, to int, edits []edit) []byte {
	out := make([]byte, 0, to-from)
	for _, e := range edits {
		out = append(append(out, data[from:e.from]...), e.with...)
		from = e.to
	}
	return append(out, data[from:to]...)
}

// value is the value of a field by the name that the template has.
func (f Fields) value(name string) string {
	en, _ := english(name)
	return strings.TrimSpace(strings.ReplaceAll(f[en], "\r\n", "\n"))
}

// whole returns what takes the paragraph's place when it is left out, or becomes
// several.
func (p *paragraph) whole(data []byte, f Fields, style string) (instead []byte, is bool) {
	some := slices.ContainsFunc(p.fields, func(field field) bool { return f.value(field.name) != "" })
	switch {
	case !some && !p.cell && !p.keep:
		return nil, true
	case !some && !p.keep: // a cell needs a paragraph
		edits := make([]edit, len(p.texts))
		for i, s := range p.texts {
			edits[i] = edit{s.from, s.to, nil}
		}
		return apply(data, p.from, p.to, edits), true
	case !p.alone() || p.keep:
		return nil, false
	}
	var out []byte
	for line := range strings.SplitSeq(f.value(p.fields[0].name), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			one := apply(data, p.from, p.to, p.edits(func(string) string { return line }))
			if style != "" && isHeading(line) {
				one = restyle(one, style)
			}
			out = append(out, one...)
		}
	}
	return out, true
}

// edits puts values in the places of the fields. What a field covered of other
// texts than its first goes.
func (p *paragraph) edits(value func(name string) string) []edit {
	var edits []edit
	at := 0
	for _, s := range p.texts {
		from, to := at, at+len(s.text)
		at = to
		var b strings.Builder
		changed, copied := false, from
		for _, f := range p.fields {
			if f.to <= from || f.from >= to {
				continue
			}
			changed = true
			if f.from >= from {
				escape(&b, s.text[copied-from:f.from-from])
				lines(&b, value(f.name))
			}
			copied = min(f.to, to)
		}
		if changed {
			escape(&b, s.text[copied-from:])
			edits = append(edits, edit{s.from, s.to, []byte(b.String())})
		}
	}
	return edits
}

func escape(b *strings.Builder, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a Builder takes everything
}

// lines writes text whose lines are parted by breaks.
func lines(b *strings.Builder, s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString(`</w:t><w:br/><w:t xml:space="preserve">`)
		}
		escape(b, line)
	}
}
