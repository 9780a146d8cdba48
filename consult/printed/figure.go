package printed

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Figure is a number as a source prints it: 办实事240余件 is "办实事", at least 240,
// "件". It is kept beside what was counted here, never added to it.
type Figure struct {
	What  string `json:"what,omitempty" zh:"内容" en:"what"`
	N     int64  `json:"n" zh:"数" en:"number" field:"required"`
	Bound Bound  `json:"bound,omitempty" zh:"精确程度" en:"exactness"`
	Unit  string `json:"unit,omitempty" zh:"单位" en:"unit"`
	Text  string `json:"text" zh:"原文" en:"as printed" field:"required"` // all of it, as printed
}

// Bound says how exact a printed number is.
type Bound string

// The bounds.
const (
	Exactly Bound = ""         // 35次
	AtLeast Bound = "at_least" // 240余件, 570多名
	Nearly  Bound = "nearly"   // 近60, 约60
)

// Values returns the bounds.
func (Bound) Values() []form.Value {
	return []form.Value{
		{Key: string(Exactly), Label: lifecycle.Label{ZH: "确数", EN: "exactly"}},
		{Key: string(AtLeast), Label: lifecycle.Label{ZH: "至少", EN: "at least"}},
		{Key: string(Nearly), Label: lifecycle.Label{ZH: "约", EN: "nearly"}},
	}
}

const measures = `人次|场次|户|人|名|条|件|次|场|个|台|处|家|项|份|%`

var (
	printedNumber = regexp.MustCompile(`^(\D*?)(近|约)?(\d{1,9})(?:\.(\d{1,4}))?(万)?(余|多)?(万)?(\D*)$`)
	spokenNumber  = regexp.MustCompile(`^(\D*?)(近)?(百|千|万)(余|多)?(` + measures + `)?$`)
	measured      = regexp.MustCompile(`^(` + measures + `)?(.*)$`)
	oneOfSeveral  = regexp.MustCompile(`\D*?\d[\d.]*[万余多]*(?:` + measures + `)`)
	dateWord      = regexp.MustCompile(`^(年|月|日|时|点|期|届|号|”|")`)
)

// ParseFigure reads one printed figure: words, a number with 万, 余, 多 or 近, a
// unit. ok is false when the text holds no number, more than one, a date, or a
// number in quotation marks, which is a name.
func ParseFigure(text string) (f Figure, ok bool) {
	text = strings.TrimSpace(text)
	if m := printedNumber.FindStringSubmatch(text); m != nil {
		after := strings.TrimSpace(m[8])
		n, fits := whole(m[3], m[4], m[5]+m[7])
		if !fits || dateWord.MatchString(after) {
			return Figure{}, false
		}
		f = Figure{What: strings.TrimSpace(m[1]), N: n, Bound: bound(m[2], m[6]), Text: text}
		unit := measured.FindStringSubmatch(after)
		f.Unit = unit[1]
		switch rest := strings.TrimSpace(unit[2]); {
		case f.What == "":
			f.What = rest
		case f.Unit == "":
			f.Unit = rest
		}
		return f, true
	}
	if m := spokenNumber.FindStringSubmatch(text); m != nil && m[2]+m[4] != "" {
		n := map[string]int64{"百": 100, "千": 1000, "万": 10_000}[m[3]]
		return Figure{What: strings.TrimSpace(m[1]), N: n, Bound: bound(m[2], m[4]), Unit: m[5], Text: text}, true
	}
	return Figure{}, false
}

func bound(nearly, more string) Bound {
	switch {
	case more != "":
		return AtLeast
	case nearly != "":
		return Nearly
	}
	return Exactly
}

// whole reads 1.5 with 万 as 15000: whole numbers only, 万 at most once.
func whole(digits, part, wan string) (int64, bool) {
	zeros := 0
	if wan != "" {
		zeros = 4
	}
	if wan == "万万" || len(part) > zeros {
		return 0, false
	}
	n, err := strconv.ParseInt(digits+part+strings.Repeat("0", zeros-len(part)), 10, 64)
	return n, err == nil && n <= math.MaxInt32
}

// ParseFigures reads every figure of a printed list: parts set off by
// semicolons, commas or brackets, or measures one after the other (50户140人).
// What holds no figure is left out.
func ParseFigures(text string) []Figure {
	var figures []Figure
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；()（）、,，", r) }) {
		if f, ok := ParseFigure(part); ok {
			figures = append(figures, f)
			continue
		}
		several := oneOfSeveral.FindAllString(part, -1)
		if strings.Join(several, "") != strings.TrimSpace(part) {
			continue
		}
		for _, one := range several {
			if f, ok := ParseFigure(one); ok {
				figures = append(figures, f)
			}
		}
	}
	return figures
}
