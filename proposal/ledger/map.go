package ledger

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Map says what the headers and the coded words of a ledger mean. It is data: a
// body that prints others adds its own with [Map.With].
type Map struct {
	// Columns gives for a column of [Columns] the headers that stand for it. The
	// headers of [Ignore] are left aside, and not told.
	Columns map[string][]string `json:"columns,omitempty"`

	// Words gives for a coded column (level, proposer_kind, key, outcome, timing) and a
	// key of it the words that stand for it.
	Words map[string]map[string][]string `json:"words,omitempty"`

	// Nothing is what stands in a cell in which nothing is printed, such as 无 or a
	// dash. A title and a source are kept as they are.
	Nothing []string `json:"nothing,omitempty"`

	// Between is what may stand between the names of two units beside the signs that
	// always part them, such as a blank or 和. It parts them only where each ends as a
	// unit does, by UnitEnds.
	Between  []string `json:"between,omitempty"`
	UnitEnds []string `json:"unit_ends,omitempty"`
}

// Ignore is the column of a [Map] whose headers are left aside.
const Ignore = "ignore"

//go:embed columns.json
var shippedMap []byte

// DefaultMap returns the headers and words in use in published lists and in the
// proposal systems of 常宁, 慈溪, 渝北 and others.
func DefaultMap() Map {
	m, err := DecodeMap(shippedMap)
	if err != nil {
		return Map{} // a test reads it
	}
	return m
}

// DecodeMap reads a map from JSON. A column, a coded column or a key that there
// is not, is an error that matches [workflow.ErrInvalid].
func DecodeMap(data []byte) (Map, error) {
	var m Map
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	err := d.Decode(&m)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more after the end of the map")
		}
	}
	if err != nil {
		return Map{}, workflow.Invalid("map", "malformed", "列名对照表不能读取：%v", "the map cannot be read: %v", err)
	}
	return m, m.check()
}

func (m Map) check() error {
	for _, name := range slices.Sorted(maps.Keys(m.Columns)) {
		if name != Ignore && !slices.Contains(Columns(), name) {
			return workflow.Invalid("map.columns", "unknown", "没有列%q，只有：%s", "there is no column %q, only %s", name, strings.Join(Columns(), ", "))
		}
		for _, header := range m.Columns[name] {
			if len(header) > longestHeader {
				return workflow.Invalid("map.columns."+name, "too_long", "列名超过%d字节", "a header has more than %d bytes", longestHeader)
			}
			if heading(header) == "" {
				return workflow.Invalid("map.columns."+name, "empty", "列名不能为空", "a header is empty")
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Words)) {
		known := keysOf(name)
		if known == nil {
			return workflow.Invalid("map.words", "unknown", "%q不是编码列，编码列有：level、proposer_kind、key、outcome、timing",
				"%q is no coded column: those are level, proposer_kind, key, outcome and timing", name)
		}
		for _, key := range slices.Sorted(maps.Keys(m.Words[name])) {
			if !slices.Contains(known, key) {
				return workflow.Invalid("map.words."+name, "unknown", "没有%q，只有：%s", "there is no %q, only %s", key, strings.Join(known, ", "))
			}
		}
	}
	if slices.Contains(m.Between, "") {
		return workflow.Invalid("map.between", "empty", "单位之间的连接词不能为空", "a word between units is empty")
	}
	if slices.Contains(m.UnitEnds, "") {
		return workflow.Invalid("map.unit_ends", "empty", "单位名称的词尾不能为空", "an end of units' names is empty")
	}
	return nil
}

// With returns the map with another on top of it: what both name is what the
// other says.
func (m Map) With(own Map) Map {
	sum := Map{
		Columns: map[string][]string{}, Words: map[string]map[string][]string{}, Nothing: slices.Concat(m.Nothing, own.Nothing),
		Between: slices.Concat(m.Between, own.Between), UnitEnds: slices.Concat(m.UnitEnds, own.UnitEnds),
	}
	taken := folded(own.Columns)
	for name, headers := range m.Columns {
		sum.Columns[name] = slices.DeleteFunc(slices.Clone(headers), func(h string) bool { return taken[heading(h)] })
	}
	for name, headers := range own.Columns {
		sum.Columns[name] = append(sum.Columns[name], headers...)
	}
	for _, name := range codedColumns() {
		taken := folded(own.Words[name])
		words := map[string][]string{}
		for key, list := range m.Words[name] {
			words[key] = slices.DeleteFunc(slices.Clone(list), func(w string) bool { return taken[heading(w)] })
		}
		for key, list := range own.Words[name] {
			words[key] = append(words[key], list...)
		}
		sum.Words[name] = words
	}
	return sum
}

// folded returns every word of the lists, folded.
func folded(lists map[string][]string) map[string]bool {
	all := make(map[string]bool)
	for _, list := range lists {
		for _, word := range list {
			all[heading(word)] = true
		}
	}
	return all
}

func codedColumns() []string { return []string{"level", "proposer_kind", "key", "outcome", "timing"} }

// keysOf returns the keys of a coded column, nil for any other.
func keysOf(column string) []string {
	switch column {
	case "level":
		return levels()
	case "proposer_kind":
		var keys []string
		for _, v := range proposal.ProposerKind("").Values() {
			keys = append(keys, v.Key)
		}
		return keys
	case "key":
		return []string{"yes", "no"}
	case "outcome":
		return []string{OutcomeFile, OutcomeMerge, OutcomeRefuse, OutcomeRefer, OutcomeReturn, OutcomeWithdraw, OutcomeSettle, OutcomePending}
	case "timing":
		return []string{string(proposal.Plenary), string(proposal.Ordinary)}
	}
	return nil
}

// reading is a map turned round: from what is printed to what it means.
type reading struct {
	headers map[string]string            // heading → column
	words   map[string]map[string]string // column → heading of the word → key
	nothing map[string]bool              // heading of the word
	joined  joined
}

func (m Map) reading() reading {
	r := reading{headers: map[string]string{}, words: map[string]map[string]string{}, nothing: map[string]bool{}, joined: joined{m.Between, m.UnitEnds}}
	for _, name := range Columns() {
		r.headers[name] = name
	}
	for name, headers := range m.Columns {
		for _, h := range headers {
			r.headers[heading(h)] = name
		}
	}
	for name, keys := range m.Words {
		r.words[name] = map[string]string{}
		for key, words := range keys {
			for _, w := range words {
				r.words[name][heading(w)] = key
			}
		}
	}
	for _, w := range m.Nothing {
		r.nothing[heading(w)] = true
	}
	return r
}

// longestHeader is how many bytes a header or a word of a map has at most. What is
// longer is not even looked at.
const longestHeader = 256

// heading is a header or a word without what offices put into it to fill the
// space, or to mark what has to be filled in: blanks, line ends, asterisks, colons.
func heading(s string) string {
	s = strings.Join(strings.Fields(text.Fold(s)), "")
	if bare := strings.Trim(s, "*:★※"); bare != "" {
		return bare
	}
	return s
}

// column returns the column that a header means, "" for none. What stands in
// brackets is an explanation, unless the map has it: 承办单位（主办）, 案号（必填）.
func (r reading) column(header string) string {
	if len(header) > longestHeader {
		return ""
	}
	h := heading(header)
	if name, known := r.headers[h]; known {
		return name
	}
	h = heading(withoutBrackets(h))
	if name, known := r.headers[h]; known {
		return name
	}
	return r.headers[strings.TrimSuffix(h, "名称")]
}

// under returns the column that a header means which stands below another, as
// 结果 does below 满意度.
func (r reading) under(upper, header string) string {
	if len(upper)+len(header) > longestHeader {
		return ""
	}
	if name, known := r.headers[heading(upper)+"/"+heading(header)]; known {
		return name
	}
	return r.column(header)
}

// withoutBrackets leaves out what stands in brackets.
func withoutBrackets(s string) string {
	var b strings.Builder
	deep := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("([〔【", r):
			deep++
		case strings.ContainsRune(")]〕】", r) && deep > 0:
			deep--
		case deep == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// word returns the key that a word of a coded column means, or the word itself.
func (r reading) word(column, word string) string {
	if key, ok := r.words[column][heading(word)]; ok {
		return key
	}
	return word
}

// isNothing reports whether a cell says that nothing is printed.
func (r reading) isNothing(cell string) bool {
	return len(cell) <= longestHeader && r.nothing[heading(cell)]
}
