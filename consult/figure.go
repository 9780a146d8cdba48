package consult

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Figure is a number as a source prints it: 办实事240余件 is "办实事", at least 240,
// "件".
type Figure struct {
	What  string `json:"what,omitempty"`
	N     int64  `json:"n"`
	Bound Bound  `json:"bound,omitempty"`
	Unit  string `json:"unit,omitempty"`
	Text  string `json:"text"` // all of it, as printed
}

// Bound says how exact a printed number is.
type Bound string

// The bounds.
const (
	Exactly Bound = ""         // 35次
	AtLeast Bound = "at_least" // 240余件, 570多名
	Nearly  Bound = "nearly"   // 近60
)

var (
	printedNumber = regexp.MustCompile(`^(\D*?)(近|约)?(\d+(?:\.\d+)?)(万)?(余|多)?(万)?(余|多)?(\D*)$`)
	spokenNumber  = regexp.MustCompile(`^(\D*?)(近)?(百|千|万)(余|多)?(\D*)$`)
)

// ParseFigure reads one printed figure: words, a number with 万, 余, 多, 近, and a
// unit. ok is false when the text holds no number, or more than one.
func ParseFigure(text string) (f Figure, ok bool) {
	text = strings.TrimSpace(text)
	f.Text = text
	if m := printedNumber.FindStringSubmatch(text); m != nil {
		if m[4] != "" && m[6] != "" || m[5] != "" && m[7] != "" {
			return Figure{}, false
		}
		n, err := parseCount(m[3], m[4]+m[6] != "")
		if err != nil {
			return Figure{}, false
		}
		f.What, f.N, f.Unit = strings.TrimSpace(m[1]), n, strings.TrimSpace(m[8])
		switch {
		case m[5]+m[7] != "":
			f.Bound = AtLeast
		case m[2] != "":
			f.Bound = Nearly
		}
		return f, true
	}
	if m := spokenNumber.FindStringSubmatch(text); m != nil && m[2]+m[4] != "" {
		f.What, f.Unit = strings.TrimSpace(m[1]), strings.TrimSpace(m[5])
		f.N = map[string]int64{"百": 100, "千": 1000, "万": 10_000}[m[3]]
		f.Bound = AtLeast
		if m[2] != "" {
			f.Bound = Nearly
		}
		return f, true
	}
	return Figure{}, false
}

// parseCount reads 1.5 with 万 as 15000: whole numbers only.
func parseCount(digits string, tenThousand bool) (int64, error) {
	whole, part, _ := strings.Cut(digits, ".")
	zeros := 0
	if tenThousand {
		zeros = 4
	}
	if len(part) > zeros {
		return 0, fmt.Errorf("%s is no whole number", digits)
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", zeros-len(part)), 10, 64)
	if err != nil || n > math.MaxInt32 {
		return 0, fmt.Errorf("%s is no count", digits)
	}
	return n, nil
}

// ParseFigures reads every figure of a printed list whose parts are set off by
// semicolons, commas or brackets; parts without a number, or with several, are
// left out.
func ParseFigures(text string) []Figure {
	var figures []Figure
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；()（）、,，", r) }) {
		if f, ok := ParseFigure(part); ok {
			figures = append(figures, f)
		}
	}
	return figures
}
