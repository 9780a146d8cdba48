package letter

import (
	"fmt"
	"regexp"
	"strings"
)

// font is how a run looks. A zero field is not said.
type font struct {
	family  string
	size    float64 // pt
	color   string
	bold    string // on, off
	italic  string
	spacing float64 // pt
}

// over puts what f says over what is below it.
func (f font) over(below font) font {
	if f.family != "" {
		below.family = f.family
	}
	if f.size != 0 {
		below.size = f.size
	}
	if f.color != "" {
		below.color = f.color
	}
	if f.bold != "" {
		below.bold = f.bold
	}
	if f.italic != "" {
		below.italic = f.italic
	}
	if f.spacing != 0 {
		below.spacing = f.spacing
	}
	return below
}

func (f font) css() string { return f.difference(font{}) }

// difference is what f looks like where base holds already.
func (f font) difference(base font) string {
	var all []string
	if f.family != base.family {
		all = append(all, "font-family: "+families(f.family))
	}
	if f.size != base.size {
		all = append(all, fmt.Sprintf("font-size: %gpt", f.size))
	}
	if f.color != base.color {
		all = append(all, "color: "+f.color)
	}
	if f.bold != base.bold {
		all = append(all, "font-weight: "+map[bool]string{true: "700", false: "400"}[f.bold == "on"])
	}
	if f.italic != base.italic {
		all = append(all, "font-style: "+map[bool]string{true: "italic", false: "normal"}[f.italic == "on"])
	}
	if f.spacing != base.spacing {
		all = append(all, fmt.Sprintf("letter-spacing: %gpt", f.spacing))
	}
	return strings.Join(all, "; ")
}

// families are the fonts to look for, where that of the template is not there.
func families(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`"'\;{}<>`, r) {
			return -1
		}
		return r
	}, name)
	others := `FangSong, STFangsong, "FangSong_GB2312", "Noto Serif CJK SC", serif`
	switch {
	case strings.Contains(name, "小标宋"):
		others = `FZXiaoBiaoSong-B05S, STZhongsong, "Noto Serif CJK SC", SimSun, serif`
	case strings.Contains(name, "黑体"):
		others = `SimHei, STHeiti, "Noto Sans CJK SC", sans-serif`
	case strings.Contains(name, "楷"):
		others = `KaiTi, STKaiti, "Noto Serif CJK SC", serif`
	case strings.Contains(name, "宋"):
		others = `SimSun, STSong, "Noto Serif CJK SC", serif`
	}
	return `"Times New Roman", "` + clean + `", ` + others
}

// look is how a paragraph looks.
type look struct {
	font font

	align                string
	left, right, first   float64 // pt
	firstChars           float64 // in hundredths of a character
	rightChars           float64
	before, after        float64
	line                 float64 // pt, exact; 0: a multiple
	multiple             float64
	borderTop, borderBot string
	pageBreak, keep      bool
	title                bool
}

func (l look) classes() []string {
	var all []string
	if l.pageBreak {
		all = append(all, "page-break")
	}
	if l.keep {
		all = append(all, "keep")
	}
	return all
}

func (l look) css() string {
	all := []string{l.font.css()}
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	switch {
	case l.line > 0:
		add("line-height: %gpt", l.line)
	case l.multiple > 0:
		add("line-height: %g", l.multiple*1.3)
	}
	if l.align != "" {
		add("text-align: %s", l.align)
	}
	em := l.font.size + l.font.spacing
	switch {
	case l.firstChars != 0:
		add("text-indent: %.4gpt", l.firstChars/100*em)
	case l.first != 0:
		add("text-indent: %.4gpt", l.first)
	}
	right := l.right
	if l.rightChars != 0 {
		right = l.rightChars / 100 * em
	}
	if l.before != 0 || l.after != 0 || l.left != 0 || right != 0 || l.title {
		add("margin: %.4gpt %.4gpt %.4gpt %.4gpt", l.before, right, l.after, l.left)
	}
	if l.borderTop != "" {
		add("border-top: %s", l.borderTop)
	}
	if l.borderBot != "" {
		add("border-bottom: %s; padding-bottom: 4pt", l.borderBot)
	}
	return strings.Join(all, "; ")
}

// sheet is the styles of a template.
type sheet struct {
	styles   map[string]*node
	standard string
	base     look
}

func newSheet(root *node) *sheet {
	s := &sheet{styles: make(map[string]*node), base: look{font: font{size: 10.5, color: "#000000", bold: "off", italic: "off", family: "宋体"}, multiple: 1}}
	styles := root.at("styles")
	if styles == nil {
		return s
	}
	s.base.font = s.run(styles.at("docDefaults", "rPrDefault", "rPr")).over(s.base.font)
	s.base.take(styles.at("docDefaults", "pPrDefault", "pPr"))
	for _, n := range styles.children {
		if n.name != "style" {
			continue
		}
		s.styles[n.attr("styleId")] = n
		if n.attr("type") == "paragraph" && n.attr("default") == "1" {
			s.standard = n.attr("styleId")
		}
	}
	return s
}

// styled is the look of a style with what it is based on.
func (s *sheet) styled(id string, depth int) look {
	n := s.styles[id]
	if n == nil || depth > 20 {
		return s.base
	}
	l := s.base
	if on := n.at("basedOn").attr("val"); on != "" {
		l = s.styled(on, depth+1)
	}
	l.font = s.run(n.at("rPr")).over(l.font)
	l.take(n.at("pPr"))
	return l
}

func (s *sheet) paragraph(p *node) look {
	properties := p.at("pPr")
	id := properties.at("pStyle").attr("val")
	l := s.styled(or(id, s.standard), 0)
	l.title = id == "Title"
	l.take(properties)
	return l
}

var hex = regexp.MustCompile(`^[0-9A-Fa-f]{6}$`)

// run is what the properties of a run say.
func (s *sheet) run(n *node) font {
	var f font
	if n == nil {
		return f
	}
	f.family = n.at("rFonts").attr("eastAsia")
	if size, ok := n.at("sz").number("val"); ok && size > 0 {
		f.size = size / 2
	}
	if c := n.at("color").attr("val"); hex.MatchString(c) {
		f.color = "#" + c
	}
	if spacing, ok := n.at("spacing").number("val"); ok {
		f.spacing = spacing / 20
	}
	for to, name := range map[*string]string{&f.bold: "b", &f.italic: "i"} {
		if at := n.at(name); at != nil {
			*to = map[bool]string{true: "on", false: "off"}[at.on()]
		}
	}
	return f
}

// take takes over what the properties of a paragraph say.
func (l *look) take(n *node) {
	if n == nil {
		return
	}
	if jc := n.at("jc").attr("val"); jc != "" {
		l.align = map[string]string{"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}[jc]
	}
	ind := n.at("ind")
	for name, to := range map[string]*float64{"left": &l.left, "start": &l.left, "right": &l.right, "end": &l.right, "firstLine": &l.first} {
		if v, ok := ind.number(name); ok {
			*to = v / 20
		}
	}
	if v, ok := ind.number("hanging"); ok {
		l.first, l.firstChars = -v/20, 0
	}
	for name, to := range map[string]*float64{"firstLineChars": &l.firstChars, "rightChars": &l.rightChars} {
		if v, ok := ind.number(name); ok {
			*to = v
		}
	}
	spacing := n.at("spacing")
	for name, to := range map[string]*float64{"before": &l.before, "after": &l.after} {
		if v, ok := spacing.number(name); ok {
			*to = v / 20
		}
	}
	if v, ok := spacing.number("line"); ok && v > 0 {
		if rule := spacing.attr("lineRule"); rule == "exact" || rule == "atLeast" {
			l.line = v / 20
		} else {
			l.line, l.multiple = 0, v/240
		}
	}
	for name, to := range map[string]*string{"top": &l.borderTop, "bottom": &l.borderBot} {
		if b := n.at("pBdr", name); b.on() {
			size, _ := b.number("sz")
			color := b.attr("color")
			if !hex.MatchString(color) {
				color = "000000"
			}
			*to = fmt.Sprintf("%gpt solid #%s", max(size/8, 0.5), color)
		}
	}
	if at := n.at("pageBreakBefore"); at != nil {
		l.pageBreak = at.on()
	}
	if at := n.at("keepNext"); at != nil {
		l.keep = at.on()
	}
}
