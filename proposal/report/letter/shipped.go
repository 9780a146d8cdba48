package letter

import (
	"bytes"
	_ "embed"
	"strings"
)

//go:embed shipped/styles.xml
var shippedStyles string

//go:embed shipped/reply.xml
var shippedReply string

//go:embed shipped/assignment.xml
var shippedAssignment string

// Reply returns the template of a reply (提案办理复文) that ships, as a Word
// document. An office keeps it as a file, edits it, and opens it with [Open].
func Reply() ([]byte, error) { return ship(shippedReply) }

// Assignment returns the template of a notice of assignment (提案交办通知).
func Assignment() ([]byte, error) { return ship(shippedAssignment) }

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpaces  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relations   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	types       = `application/vnd.openxmlformats-officedocument.wordprocessingml.`

	// GB/T 9704-2012, 5.2: A4, 37 mm above and 28 mm at the left of a text block of
	// 156 mm by 225 mm, which leaves 26 mm at the right and 35 mm below. A twip is
	// 1/20 pt. 22 lines are 579 twips each.
	shippedPage = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:footerReference w:type="even" r:id="rId3"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1304" w:gutter="0"/>` +
		`<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>`
)

// ship puts a document together from its paragraphs.
func ship(paragraphs string) ([]byte, error) {
	footer := func(side string) string {
		return declaration + `<w:ftr` + wordSpaces + `><w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:jc w:val="` + side + `"/></w:pPr>` +
			`<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
	}
	var b bytes.Buffer
	err := pack(&b, []part{
		{name: "[Content_Types].xml", data: []byte(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + types + `styles+xml"/>` +
			`<Override PartName="/word/settings.xml" ContentType="` + types + `settings+xml"/>` +
			`<Override PartName="/word/footer1.xml" ContentType="` + types + `footer+xml"/><Override PartName="/word/footer2.xml" ContentType="` + types + `footer+xml"/></Types>`)},
		{name: "_rels/.rels", data: []byte(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relations + `officeDocument" Target="word/document.xml"/></Relationships>`)},
		{name: "word/document.xml", data: []byte(declaration + `<w:document` + wordSpaces + `><w:body>` + strings.ReplaceAll(paragraphs, ">\n<", "><") + shippedPage + `</w:body></w:document>`)},
		{name: "word/_rels/document.xml.rels", data: []byte(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relations + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + relations + `footer" Target="footer1.xml"/>` +
			`<Relationship Id="rId3" Type="` + relations + `footer" Target="footer2.xml"/><Relationship Id="rId4" Type="` + relations + `settings" Target="settings.xml"/></Relationships>`)},
		{name: "word/styles.xml", data: []byte(shippedStyles)},
		{name: "word/settings.xml", data: []byte(declaration + `<w:settings` + wordSpaces + `><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/></w:settings>`)},
		{name: "word/footer1.xml", data: []byte(footer("right"))},
		{name: "word/footer2.xml", data: []byte(footer("left"))},
	}, nil)
	return b.Bytes(), err
}
