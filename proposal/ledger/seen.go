package ledger

import (
	"hash/fnv"
	"strings"

	"github.com/tian-go/tian/proposal/text"
)

// seen is the rows and numbers that have been read, by hash, with their lines.
type seen map[uint64]int

// mostSeen bounds what is remembered. A row that comes again after so many is
// told by the store: it is in already, and its number is taken.
const mostSeen = 1 << 20

// once refuses a row that is there twice, or whose number is.
func (s seen) once(r Row) *Refusal {
	id := hashOf("row", r.ID())
	if line, twice := s[id]; twice {
		return r.refused("row_duplicate", "与第%d行相同", "the same row is on line %d", line)
	}
	if r.Number != "" {
		_, key := text.Number(r.Number)
		number := hashOf("number", r.Body(), r.term(), key)
		if line, twice := s[number]; twice {
			return r.refused("number_duplicate", "案号%s在同一政协、同一届次已见于第%d行", "number %s of this place and session is on line %d", r.Number, line)
		}
		s.keep(number, r.Line)
	}
	s.keep(id, r.Line)
	return nil
}

func (s seen) keep(hash uint64, line int) {
	if len(s) < mostSeen {
		s[hash] = line
	}
}

func hashOf(parts ...string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(parts, "\x00"))) // a hash never fails to write
	return h.Sum64()
}
