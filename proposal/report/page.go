package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html.tmpl
var pageText string

// page is what the template is given.
type page struct {
	Language, Title, Contents, Skip, Made string
	Sections                              []section
}

// HTML writes the report as one page that holds everything it shows and loads
// nothing from elsewhere.
func (r *Report) HTML(w io.Writer) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	lang := "zh-CN"
	if r.Language == English {
		lang = "en"
	}
	err = t.Execute(w, page{
		Language: lang, Title: r.Title(), Contents: r.say("目录", "Contents"), Skip: r.say("跳到正文", "Skip to the report"),
		Made: r.say("报告日：", "Day of the report: ") + r.date(r.Made), Sections: r.sections(),
	})
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
