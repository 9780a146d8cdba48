// Package letter writes the letters that offices send about a proposal: the
// reply (提案办理复文) and the notice of assignment (提案交办通知), from a Word
// template that the office owns and edits itself.
//
//	the templates that ship                      Reply, Assignment → .docx
//	a template of one's own                      Open → Template
//	what a proposal gives to fill in             ReplyFields, AssignmentFields → Fields
//	the letter in Word, and for print            Template.DOCX, Template.HTML
//
// A template is any .docx with fields in double braces, named in Chinese or
// English: {{案由}} or {{proposal}}; see [Names]. Whatever else stands in it stays
// as it is, byte by byte. A field may be formatted, and Word may have cut it into
// pieces: it takes the format of its first character.
//
//   - A paragraph that is one field alone, {{正文}}, becomes as many paragraphs as
//     the text has lines; elsewhere a new line is a break. A line such as
//     一、完善政策支持 gets the style 公文一级标题 where the template has it.
//   - A paragraph with fields of which none has a value is left out, so that a
//     line “抄送：{{抄送}}” is not printed for nothing; in a cell of a table it is
//     left empty.
//   - A field that no letter knows is an error that names it: a slip of the pen
//     is found when the template is opened, not in a letter that went out.
//
// The templates that ship are laid out after GB/T 9704-2012 (党政机关公文格式): A4,
// a text block of 156 mm by 225 mm, margins of 37 mm above and 28 mm at the left,
// 仿宋 of 16 pt, 22 lines of 28 characters, page numbers outside.
package letter
