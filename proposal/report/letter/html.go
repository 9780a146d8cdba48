package letter

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// HTML writes the letter as a page for print, after the same template: size and
// margins of the paper, paragraphs, fonts, lines and tables. The page loads
// nothing. Pictures and text boxes of a template are left out, and so are its
// headers and footers: pages are numbered where the browser can.
func (t *Template) HTML(w io.Writer, f Fields) error {
	if err := f.check(); err != nil {
		return err
	}
	document, err := parse(t.part("word/document.xml").filled(f))
	if err != nil {
		return workflow.Invalid("template", "unreadable", "模板的正文无法读取：%v", "the text of the template cannot be read: %v", err)
	}
	styles := &node{}
	if p := t.part("word/styles.xml"); p != nil {
		if styles, err = parse(p.data); err != nil {
			return workflow.Invalid("template", "unreadable", "模板的样式无法读取：%v", "the styles of the template cannot be read: %v", err)
		}
	}
	body := document.at("document", "body")
	out := &writer{sheet: newSheet(styles)}
	title := f.value("title")
	paper := paperOf(body.at("sectPr"))
	out.add(`<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
%s</style>
</head>
<body>
<main>
`, html.EscapeString(title), paper.css())
	if body != nil {
		out.blocks(body.children)
	}
	out.add("</main>\n</body>\n</html>\n")
	if _, err := io.WriteString(w, out.b.String()); err != nil {
		return fmt.Errorf("letter: %w", err)
	}
	return nil
}

// paper is the size of the paper and its margins, in points.
type paper struct{ width, height, top, right, bottom, left float64 }

func paperOf(sect *node) paper {
	p := paper{595.3, 841.9, 104.9, 73.7, 99.2, 79.35}
	size, margin := sect.at("pgSz"), sect.at("pgMar")
	for _, v := range []struct {
		to   *float64
		of   *node
		name string
	}{
		{&p.width, size, "w"}, {&p.height, size, "h"},
		{&p.top, margin, "top"}, {&p.right, margin, "right"}, {&p.bottom, margin, "bottom"}, {&p.left, margin, "left"},
	} {
		if n, ok := v.of.number(v.name); ok && n >= 0 {
			*v.to = n / 20
		}
	}
	return p
}

func (p paper) css() string {
	return fmt.Sprintf(`@page { size: %[1]gpt %[2]gpt; margin: %[3]gpt %[4]gpt %[5]gpt %[6]gpt; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif; vertical-align: top; padding: 18pt 14pt 0 0; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif; vertical-align: top; padding: 18pt 0 0 14pt; } }
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; }
p { margin: 0; line-break: strict; overflow-wrap: anywhere; text-spacing-trim: trim-start; }
h1 { text-wrap: balance; }
p.parted { display: flex; justify-content: space-between; }
table { border-collapse: collapse; width: 100%%; }
td { border: 1px solid #000; padding: 0 5pt; vertical-align: top; }
@media screen {
  body { background: #e7e4df; padding: 24px 0; }
  main { width: %[1]gpt; min-height: %[2]gpt; margin: 0 auto; background: #fff; padding: %[3]gpt %[4]gpt %[5]gpt %[6]gpt; box-shadow: 0 2px 14px #0003; }
  .page-break { margin-top: %[3]gpt; padding-top: 24pt; border-top: 1px dashed #bbb; }
}
@media print {
  main { width: auto; }
  .page-break { break-before: page; }
  .keep { break-after: avoid; }
}
`, p.width, p.height, p.top, p.right, p.bottom, p.left)
}

type writer struct {
	b     strings.Builder
	sheet *sheet
}

func (w *writer) add(format string, args ...any) { fmt.Fprintf(&w.b, format, args...) }

// blocks writes paragraphs and tables.
func (w *writer) blocks(nodes []*node) {
	for _, n := range nodes {
		switch n.name {
		case "p":
			w.paragraph(n)
		case "tbl":
			w.add("<table>\n")
			for _, tr := range n.children {
				if tr.name != "tr" {
					continue
				}
				w.add("<tr>")
				for _, tc := range tr.children {
					if tc.name != "tc" {
						continue
					}
					span := ""
					if n, ok := tc.at("tcPr", "gridSpan").number("val"); ok && n > 1 && n < 100 {
						span = fmt.Sprintf(` colspan="%d"`, int(n))
					}
					w.add("<td%s>", span)
					w.blocks(tc.children)
					w.add("</td>")
				}
				w.add("</tr>\n")
			}
			w.add("</table>\n")
		case "sdt":
			if c := n.at("sdtContent"); c != nil {
				w.blocks(c.children)
			}
		}
	}
}

func (w *writer) paragraph(p *node) {
	look := w.sheet.paragraph(p)
	var sides []string
	var b strings.Builder
	w.runs(p, look, &b, func() {
		sides = append(sides, b.String())
		b.Reset()
	})
	sides = append(sides, b.String())
	tag, classes := "p", look.classes()
	if look.title {
		tag = "h1"
	}
	inner := sides[0]
	if len(sides) > 1 {
		classes = append(classes, "parted")
		inner = "<span>" + strings.Join(sides, "</span><span>") + "</span>"
	}
	if inner == "" {
		inner = "<br>"
	}
	class := ""
	if len(classes) > 0 {
		class = ` class="` + strings.Join(classes, " ") + `"`
	}
	w.add("<%s%s style=\"%s\">%s</%[1]s>\n", tag, class, html.EscapeString(look.css()), inner)
}

// runs writes the texts of a paragraph; tab is called where one parts them.
func (w *writer) runs(n *node, look look, b *strings.Builder, tab func()) {
	for _, r := range n.children {
		switch r.name {
		case "hyperlink", "smartTag", "ins", "sdt", "sdtContent":
			w.runs(r, look, b, tab)
			continue
		case "r":
		default:
			continue
		}
		own := w.sheet.run(r.at("rPr"))
		css := own.over(look.font).difference(look.font)
		if css != "" {
			fmt.Fprintf(b, `<span style="%s">`, html.EscapeString(css))
		}
		for _, c := range r.children {
			switch c.name {
			case "t":
				b.WriteString(html.EscapeString(c.text))
			case "br", "cr":
				b.WriteString("<br>")
			case "tab":
				if css != "" {
					b.WriteString("</span>")
				}
				tab()
				if css != "" {
					fmt.Fprintf(b, `<span style="%s">`, html.EscapeString(css))
				}
			}
		}
		if css != "" {
			b.WriteString("</span>")
		}
	}
}
