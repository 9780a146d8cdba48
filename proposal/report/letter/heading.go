package letter

import (
	"regexp"
	"unicode/utf8"
)

// headingName is the style that lines such as 一、完善政策支持 get, where a
// template has it.
const headingName = "公文一级标题"

// longestHeading is in characters: a longer line is a sentence.
const longestHeading = 28

var (
	headingLine = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、[^。；：]+$`)
	plainID     = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	styleOf     = regexp.MustCompile(`<w:pStyle w:val="[^"]*"/>`)
)

func isHeading(line string) bool {
	return utf8.RuneCountInString(line) <= longestHeading && headingLine.MatchString(line)
}

// headingStyle returns the ID of the style for headings, or "".
func headingStyle(styles []byte) string {
	root, err := parse(styles)
	if err != nil || root.at("styles") == nil {
		return "" // HTML tells what is wrong with it; Word too
	}
	for _, n := range root.at("styles").children {
		if id := n.attr("styleId"); n.at("name").attr("val") == headingName && plainID.MatchString(id) {
			return id
		}
	}
	return ""
}

// restyle gives a paragraph that has a style another.
func restyle(paragraph []byte, style string) []byte {
	at := styleOf.FindIndex(paragraph)
	if at == nil {
		return paragraph
	}
	return apply(paragraph, 0, len(paragraph), []edit{{at[0], at[1], []byte(`<w:pStyle w:val="` + style + `"/>`)}})
}
