// Package text is what the rooms above hold of text that people type, paste or
// take from a file: what a field may hold, when two spellings are one, and where
// contact data stands. It imports the standard library only.
//
// # Checks
//
// [Line], [Name], [Text], [Said], [ID] and [Entries] return nil or the [Problem]
// with a field, told in Chinese and English. Each looks at the size first, in
// bytes, so that what is far too long is refused without being read.
//
// # One spelling
//
// Three forms, each coarser than the one before:
//
//	Spell    what looks the same is written the same: radicals that a PDF put for
//	         ideographs, characters nobody sees, blanks. For keeping.
//	Narrow   and full-width letters, digits and signs as ASCII. For telling whether
//	         two names are one.
//	Fold     and letters in lower case. For finding.
//
// [Number], [ParseSession], [Document] and [Units] read what offices write in a
// way of their own.
//
// # Contact data
//
// [FindContacts] finds phone numbers, numbers of identity cards and bank cards,
// and accounts; [Redact] takes them out.
package text
