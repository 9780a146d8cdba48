// Package heads makes one digest of the last entries of all cases on a day, to
// be signed and kept where whoever can write to the database cannot write. Held
// against the journals later, it finds what a chain alone cannot: a case rolled
// back with its record, written anew, or removed whole. Beside the standard
// library it imports the seam of stores only.
//
// [Collect] makes a [Day] of the heads of a store, and [New] of heads from
// elsewhere. [Day.Root] is its digest, a Merkle tree after RFC 6962, section 2.1,
// of SHA-256 or of a [Hash] handed in, and [Day.Sign] signs it with the date and
// the number of cases. [Keep] puts all of it into a file that [Read] reads. [Day.Prove] shows that one case was among them without
// the others. [Day.Compare] says what no longer follows from what was kept, in
// the journals of a store by [Journals].
package heads
