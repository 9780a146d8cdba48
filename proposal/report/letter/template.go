package letter

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// What a template may be at most.
const (
	MaxTemplate = 16 << 20 // bytes of the file
	MaxUnpacked = 64 << 20 // bytes of what is in it
	maxParts    = 2000
)

// Template is a Word document whose fields can be filled. It is immutable, and
// safe for concurrent use.
type Template struct {
	parts   []part
	fields  []string
	heading string // ID of the style for headings of the text, "" for none
}

// part is a file within the document.
type part struct {
	name string
	data []byte
	text *marked // nil: it has no fields
}

// Open reads a template. A file that is no Word document, or too large, and a
// field that no letter knows, are errors that match [workflow.ErrInvalid].
func Open(data []byte) (*Template, error) {
	if len(data) > MaxTemplate {
		return nil, workflow.Invalid("template", "too_large", "模板%d字节，超过%d字节", "the template has %d bytes, more than %d", len(data), MaxTemplate)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, workflow.Invalid("template", "unreadable", "模板不是Word文档（.docx）：%v", "the template is no Word document (.docx): %v", err)
	}
	if len(z.File) > maxParts {
		return nil, workflow.Invalid("template", "too_large", "模板内有%d个文件", "the template holds %d files", len(z.File))
	}
	t := new(Template)
	left := int64(MaxUnpacked)
	for _, f := range z.File {
		content, err := unpack(f, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(content))
		p := part{name: f.Name, data: content}
		if filled(f.Name) {
			if p.text, err = mark(content); err != nil {
				return nil, workflow.Invalid("template", "unreadable", "模板的%s无法读取：%v", "%s of the template cannot be read: %v", f.Name, err)
			}
			for _, name := range p.text.names() {
				en, known := english(name)
				if !known {
					return nil, workflow.Invalid("template", "unknown_field", "模板中的{{%s}}不是复文或交办通知的字段", "{{%s}} in the template is no field of a letter", name)
				}
				if !slices.Contains(t.fields, en) {
					t.fields = append(t.fields, en)
				}
			}
		}
		t.parts = append(t.parts, p)
	}
	if t.part("word/document.xml") == nil {
		return nil, workflow.Invalid("template", "unreadable", "模板不是Word文档：没有word/document.xml", "the template is no Word document: it has no word/document.xml")
	}
	if p := t.part("word/styles.xml"); p != nil {
		t.heading = headingStyle(p.data)
	}
	for _, p := range t.parts {
		if p.text != nil {
			p.text.heading = t.heading
		}
	}
	return t, nil
}

func unpack(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, workflow.Invalid("template", "unreadable", "模板的%s无法读取：%v", "%s of the template cannot be read: %v", f.Name, err)
	}
	content, err := io.ReadAll(io.LimitReader(r, left+1))
	switch err := errors.Join(err, r.Close()); {
	case err != nil:
		return nil, workflow.Invalid("template", "unreadable", "模板的%s无法读取：%v", "%s of the template cannot be read: %v", f.Name, err)
	case int64(len(content)) > left:
		return nil, workflow.Invalid("template", "too_large", "模板展开后超过%d字节", "the template is more than %d bytes when unpacked", MaxUnpacked)
	}
	return content, nil
}

// filled reports whether a part of a document can have fields.
func filled(name string) bool {
	if path.Dir(name) != "word" || path.Ext(name) != ".xml" {
		return false
	}
	at := path.Base(name)
	return at == "document.xml" || strings.HasPrefix(at, "header") || strings.HasPrefix(at, "footer")
}

func (t *Template) part(name string) *part {
	for i := range t.parts {
		if t.parts[i].name == name {
			return &t.parts[i]
		}
	}
	return nil
}

// Fields are the fields that the template has, by their English names, in the
// order in which they come.
func (t *Template) Fields() []string { return slices.Clone(t.fields) }

// check refuses values for fields that no letter knows.
func (f Fields) check() error {
	names := Names()
	for name := range f {
		if _, known := names[name]; !known {
			return workflow.Invalid("fields."+name, "unknown", "没有字段%q", "there is no field %q", name)
		}
	}
	return nil
}

// DOCX writes the letter as a Word document.
func (t *Template) DOCX(w io.Writer, f Fields) error {
	if err := f.check(); err != nil {
		return err
	}
	return pack(w, t.parts, f)
}

func pack(w io.Writer, parts []part, f Fields) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		out, err := z.Create(p.name)
		if err == nil {
			_, err = out.Write(p.filled(f))
		}
		if err != nil {
			return fmt.Errorf("letter: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("letter: %w", err)
	}
	return nil
}

func (p part) filled(f Fields) []byte {
	if p.text == nil {
		return p.data
	}
	return p.text.fill(f)
}
