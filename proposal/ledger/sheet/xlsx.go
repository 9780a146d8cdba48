package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/proposal/workflow"
)

// workbookSource reads the sheets of a workbook one after the other, row by row.
// It reads each row twice: as it is shown, which keeps leading zeros, and as it is
// stored, which keeps the day of a date whatever its format is.
type workbookSource struct {
	file   *excelize.File
	sheets []string
	shown  *excelize.Rows
	stored *excelize.Rows
	line   int

	merged   map[string][]span // by sheet, those that are still to come
	covering []span            // the present row
}

// smallPart is how large a part of a workbook may be that is held whole: anything
// but its sheets and their texts, which are read from disk.
const smallPart = 16 << 20

func workbook(in io.Reader, limits Limits) (Source, error) {
	f, merged, err := open(in, limits)
	if err != nil {
		return nil, err
	}
	return &workbookSource{file: f, sheets: f.GetSheetList(), merged: merged}, nil
}

// Workbook opens a workbook for whoever reads it in another way, within limits: what
// would fill the memory or the disk is an error that matches [workflow.ErrInvalid].
func Workbook(in io.Reader, limits Limits) (*excelize.File, error) {
	f, _, err := open(in, limits.OrDefault())
	return f, err
}

func open(in io.Reader, limits Limits) (*excelize.File, map[string][]span, error) {
	data, err := io.ReadAll(io.LimitReader(in, limits.Packed+1))
	if err != nil {
		return nil, nil, err
	}
	if int64(len(data)) > limits.Packed {
		return nil, nil, workflow.Invalid("file", "too_large", "工作簿超过%d字节", "the workbook has more than %d bytes", limits.Packed)
	}
	merged, err := weigh(data, limits)
	if err != nil {
		return nil, nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: limits.Unpacked + smallPart, UnzipXMLSizeLimit: smallPart})
	if err != nil {
		return nil, nil, workflow.Invalid("file", "workbook", "工作簿不能读取：%v", "the workbook cannot be read: %v", err)
	}
	return f, merged, nil
}

// weigh unpacks a workbook to nowhere, so that what would fill the memory or the
// disk is refused before anything is kept of it but the merged cells of each sheet.
func weigh(data []byte, limits Limits) (map[string][]span, error) {
	bad := func(err error) (map[string][]span, error) {
		return nil, workflow.Invalid("file", "workbook", "工作簿不能读取：%v", "the workbook cannot be read: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return bad(err)
	}
	const mostParts = 10_000
	if len(z.File) > mostParts {
		return nil, workflow.Invalid("file", "bomb", "工作簿有%d个部件，超过%d个", "the workbook has %d parts, more than %d", len(z.File), mostParts)
	}
	left := limits.Unpacked
	merged := make(map[string][]span) // by part
	for _, part := range z.File {
		most, text := min(left, smallPart), 0
		sheet := strings.HasPrefix(part.Name, "xl/worksheets/")
		if sheet || strings.EqualFold(part.Name, "xl/sharedStrings.xml") {
			most, text = left, limits.Row
		}
		r, err := part.Open()
		if err != nil {
			return bad(err)
		}
		s := scale{most: most, text: text, sheet: sheet}
		_, err = io.Copy(&s, r) //nolint:gosec // the scale is what ends a bomb
		_ = r.Close()           // it was read
		switch {
		case errors.Is(err, errBomb):
			return nil, workflow.Invalid("file", "bomb", "工作簿的部件%s展开后过大", "part %s of the workbook is too large when unpacked", part.Name)
		case err != nil:
			return bad(err)
		case sheet && strings.HasSuffix(part.Name, ".xml") && !endsSheet(s.end):
			return nil, workflow.Invalid("file", "truncated", "工作簿的部件%s不完整", "part %s of the workbook is cut off", part.Name)
		}
		left -= s.total
		if len(s.tail) > 0 {
			merged[part.Name] = mergedIn(s.tail)
		}
	}
	bySheet := make(map[string][]span)
	for sheet, part := range partsOf(z) {
		bySheet[sheet] = merged[part]
	}
	return bySheet, nil
}

// endsSheet reports whether a part ends as a sheet does, whatever its prefix is.
func endsSheet(end []byte) bool {
	tag := end[max(0, bytes.LastIndex(end, []byte("</"))):]
	return bytes.HasPrefix(tag, []byte("</")) && bytes.Contains(tag, []byte("worksheet>"))
}

var errBomb = errors.New("too large")

// scale counts what is written to it, and refuses when there is too much: of it
// all, of text between two tags, or of one row.
type scale struct {
	most, total int64
	text        int // bytes from one < to the next; 0: any
	sheet       bool
	run, row    int
	end         []byte // the last bytes
	behind      bool   // the rows are over
	tail        []byte // what stands behind them, as much as is heeded
}

// Write weighs p.
func (s *scale) Write(p []byte) (int, error) {
	if s.total += int64(len(p)); s.total > s.most {
		return 0, errBomb
	}
	if s.text > 0 {
		for rest := p; ; {
			i := bytes.IndexByte(rest, '<')
			if i < 0 {
				s.run += len(rest)
				break
			}
			if s.run+i > s.text {
				return 0, errBomb
			}
			s.run = 0
			rest = rest[i+1:]
		}
		if s.run > s.text {
			return 0, errBomb
		}
	}
	s.keepTail(p)
	const tail, overhead = 64, 32 // a cell's tags are longer than what is in it
	if s.sheet {
		if i := bytes.LastIndex(p, []byte("<row")); i >= 0 {
			s.row = len(p) - i
		} else if s.row += len(p); s.row > overhead*s.text {
			return 0, errBomb
		}
	}
	s.end = append(s.end, p[max(0, len(p)-tail):]...)
	s.end = s.end[max(0, len(s.end)-tail):]
	return len(p), nil
}

// keepTail keeps what stands behind the rows of a sheet.
func (s *scale) keepTail(p []byte) {
	const most = 1 << 22
	if s.sheet && !s.behind {
		seam := append(slices.Clone(s.end), p[:min(len(p), len(s.end))]...)
		if at := sheetDataEnd.FindIndex(seam); at != nil {
			s.behind = true
			p = p[max(0, at[1]-len(s.end)):]
		} else if bytes.Contains(p, []byte("sheetData>")) {
			if at := sheetDataEnd.FindIndex(p); at != nil {
				s.behind = true
				p = p[at[1]:]
			}
		}
	}
	if s.behind {
		s.tail = append(s.tail, p[:min(len(p), max(0, most-len(s.tail)))]...)
	}
}

// Next returns the next row that is not empty.
func (s *workbookSource) Next() (Row, error) {
	for {
		if s.shown == nil {
			if len(s.sheets) == 0 {
				return Row{}, io.EOF
			}
			if err := s.open(); err != nil {
				return Row{}, err
			}
		}
		if s.shown.Next() && s.stored.Next() {
			s.line++
			cells, err := s.shown.Columns()
			if err != nil {
				return Row{}, s.fault(err)
			}
			raw, err := s.stored.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return Row{}, s.fault(err)
			}
			if strings.TrimSpace(strings.Join(cells, "")) == "" {
				continue
			}
			cells, raw = s.fill(cells, raw)
			return Row{Sheet: s.sheets[0], Line: s.line, Cells: cells, Stored: raw, Loose: true}, nil
		}
		if err := s.shown.Error(); err != nil {
			return Row{}, s.fault(err)
		}
		s.shut()
		s.sheets = s.sheets[1:]
	}
}

func (s *workbookSource) open() error {
	var err error
	if s.shown, err = s.file.Rows(s.sheets[0]); err != nil {
		s.shown = nil
		return s.fault(err)
	}
	if s.stored, err = s.file.Rows(s.sheets[0]); err != nil {
		return s.fault(err)
	}
	s.line = 0
	return nil
}

func (s *workbookSource) fault(err error) error {
	return workflow.Invalid("file", "workbook", "工作表%q第%d行以后不能读取：%v", "sheet %q cannot be read after row %d: %v", s.sheets[0], s.line, err)
}

func (s *workbookSource) shut() {
	for _, rows := range []*excelize.Rows{s.shown, s.stored} {
		if rows != nil {
			_ = rows.Close() // it was only read
		}
	}
	s.shown, s.stored, s.covering = nil, nil, nil
}

// Close lets go of the workbook.
func (s *workbookSource) Close() error {
	s.shut()
	return s.file.Close()
}
