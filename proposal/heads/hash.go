package heads

import (
	"crypto/sha256"
	"hash"
)

// Hash is what a tree is made with. The zero Hash is SHA-256; another, such as
// SM3 of a library of the host's, must give digests of one length, and a name
// under which no other goes.
type Hash struct {
	Name string           // as in what is signed
	Make func() hash.Hash // nil only in the zero Hash
}

// SHA256 returns what the zero Hash stands for.
func SHA256() Hash { return Hash{Name: "sha256", Make: sha256.New} }

// whole returns the hash itself, SHA-256 for the zero Hash.
func (h Hash) whole() Hash {
	if h.Make == nil {
		return SHA256()
	}
	return h
}

func (h Hash) sum(parts ...[]byte) []byte {
	s := h.Make()
	for _, p := range parts {
		s.Write(p) // a hash.Hash never fails to write
	}
	return s.Sum(nil)
}
