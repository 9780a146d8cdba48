package heads

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrSignature says that a signature does not fit.
var ErrSignature = errors.New("heads: the signature does not fit")

// Signer signs a message whole: Ed25519, or SM2 by a library of the host's.
type Signer interface {
	Algorithm() string
	Sign(message []byte) ([]byte, error)
}

// Verifier checks what the Signer of the same algorithm signed.
type Verifier interface {
	Algorithm() string
	Verify(message, signature []byte) bool
}

// Signed is a day's root with its signature, to be kept elsewhere.
type Signed struct {
	Date      string `json:"date"`
	Count     int    `json:"count"`
	Hash      string `json:"hash"` // the name of what the root was made with
	Root      []byte `json:"root"`
	Algorithm string `json:"algorithm"`
	Signature []byte `json:"signature"`
}

// Sign returns the day's signed root.
func (d Day) Sign(by Signer, tree Hash) (Signed, error) {
	s := Signed{Date: d.Date, Count: len(d.Heads), Hash: tree.whole().Name, Root: d.Root(tree), Algorithm: by.Algorithm()}
	var err error
	if s.Signature, err = by.Sign(s.message()); err != nil {
		return Signed{}, fmt.Errorf("heads: sign %s: %w", d.Date, err)
	}
	return s, nil
}

// Check returns [ErrSignature] unless the signature is of this date, count,
// hash and root, and the algorithm the verifier's.
func (s Signed) Check(by Verifier) error {
	if s.Algorithm != by.Algorithm() || !by.Verify(s.message(), s.Signature) {
		return fmt.Errorf("%w: %s", ErrSignature, s.Date)
	}
	return nil
}

// Holds reports whether the proof leads to the signed root by the hash it was
// made with.
func (s Signed) Holds(p Proof, tree Hash) bool {
	sum, ok := p.Root(tree)
	return ok && s.Hash == tree.whole().Name && p.Count == s.Count && bytes.Equal(sum, s.Root)
}

func (s Signed) message() []byte {
	return fmt.Appendf(nil, "tian heads\n%s\n%s\n%d\n%s\n%s\n", s.Algorithm, s.Date, s.Count, s.Hash, hex.EncodeToString(s.Root))
}

// Ed25519 signs with a private key.
type Ed25519 ed25519.PrivateKey

// Algorithm returns "ed25519".
func (Ed25519) Algorithm() string { return "ed25519" }

// Sign refuses a key of another length with [ErrInvalid].
func (k Ed25519) Sign(message []byte) ([]byte, error) {
	if len(k) != ed25519.PrivateKeySize {
		return nil, fmt.Errorf("%w: key of %d bytes", ErrInvalid, len(k))
	}
	return ed25519.Sign(ed25519.PrivateKey(k), message), nil
}

// Ed25519Public checks with a public key.
type Ed25519Public ed25519.PublicKey

// Algorithm returns "ed25519".
func (Ed25519Public) Algorithm() string { return "ed25519" }

// Verify reports whether the signature fits; with a key of another length none does.
func (k Ed25519Public) Verify(message, signature []byte) bool {
	return len(k) == ed25519.PublicKeySize && ed25519.Verify(ed25519.PublicKey(k), message, signature)
}
