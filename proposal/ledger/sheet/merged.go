package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// span is a cell of a sheet that is merged over several rows, numbered from 1, and
// what stands in it. It counts in each of them, in the first of its columns.
type span struct {
	column, first, last int
	shown, stored       string
}

// mostMerged is how many merged cells of a sheet are heeded.
const mostMerged = 100_000

var sheetDataEnd = regexp.MustCompile(`</(?:\w+:)?sheetData>`)

// mergedIn reads the merged cells from what stands behind the rows of a sheet.
func mergedIn(tail []byte) []span {
	d := xml.NewDecoder(bytes.NewReader(tail))
	d.Strict = false
	var spans []span
	for len(spans) < mostMerged {
		token, err := d.RawToken()
		if err != nil {
			break // the end, or what is no part of a sheet
		}
		start, is := token.(xml.StartElement)
		if !is || start.Name.Local != "mergeCell" {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local != "ref" {
				continue
			}
			from, to, _ := strings.Cut(a.Value, ":")
			column, first, err := excelize.CellNameToCoordinates(from)
			_, last, wrong := excelize.CellNameToCoordinates(to)
			if err == nil && wrong == nil && last > first {
				spans = append(spans, span{column: column, first: first, last: last})
			}
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	return spans
}

// partsOf returns the part of each sheet of a workbook.
func partsOf(z *zip.Reader) map[string]string {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		To []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for name, into := range map[string]any{"xl/workbook.xml": &book, "xl/_rels/workbook.xml.rels": &links} {
		part, err := z.Open(name)
		if err != nil {
			return nil
		}
		err = xml.NewDecoder(io.LimitReader(part, smallPart)).Decode(into)
		_ = part.Close() // it was only read
		if err != nil {
			return nil
		}
	}
	parts := make(map[string]string)
	for _, s := range book.Sheets {
		for _, to := range links.To {
			if to.ID == s.ID {
				parts[s.Name] = strings.TrimPrefix(path.Join("/xl", to.Target), "/")
				if whole, absolute := strings.CutPrefix(to.Target, "/"); absolute {
					parts[s.Name] = whole
				}
			}
		}
	}
	return parts
}

// fill puts what merged cells say into a row, and notes what those say that begin
// in it. Of cells that are over, nothing is kept.
func (s *workbookSource) fill(cells, raw []string) ([]string, []string) {
	waiting := s.merged[s.sheets[0]]
	for len(waiting) > 0 && waiting[0].first <= s.line {
		s.covering = append(s.covering, waiting[0])
		waiting = waiting[1:]
	}
	s.merged[s.sheets[0]] = waiting
	s.covering = slices.DeleteFunc(s.covering, func(m span) bool { return m.last < s.line })
	for i := range s.covering {
		m := &s.covering[i]
		at := m.column - 1
		switch {
		case m.first == s.line && at < len(cells):
			m.shown = cells[at]
			if at < len(raw) {
				m.stored = raw[at]
			}
		case m.first < s.line && m.shown != "":
			cells, raw = longer(cells, at), longer(raw, at)
			cells[at], raw[at] = m.shown, m.stored
		}
	}
	return cells, raw
}

// longer is the cells with one at a place.
func longer(cells []string, at int) []string {
	for len(cells) <= at {
		cells = append(cells, "")
	}
	return cells
}
