package rubric

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Hash identifies the content of the rubric: "sha256:" and the digest of its
// canonical JSON (fields in the order of the Go type, absent and empty alike,
// numbers as their shortest decimals). Two editions with one name and version
// but different content are told apart by it.
func (r Rubric) Hash() (string, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("rubric: hash of %s: %w", r.Name, err)
	}
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}
