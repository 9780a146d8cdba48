package heads

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Kept is a day as it is kept elsewhere: its heads, so that every case can be held
// against its own, and their root, signed or not. Its JSON is the form of a file.
type Kept struct {
	Day
	Hash   string  `json:"hash"` // the name of what Root was made with
	Root   []byte  `json:"root"`
	Signed *Signed `json:"signed,omitempty"`
}

// Keep returns a day to be kept, signed unless by is nil.
func Keep(d Day, tree Hash, by Signer) (Kept, error) {
	k := Kept{Day: d, Hash: tree.whole().Name, Root: d.Root(tree)}
	if by == nil {
		return k, nil
	}
	s, err := d.Sign(by, tree)
	if err != nil {
		return Kept{}, err
	}
	k.Signed = &s
	return k, nil
}

// Read reads the JSON of a kept day. One whose heads, root and signed root are not
// of each other, or not by this hash, is refused with [ErrInvalid]. Whose the
// signature is, [Signed.Check] says.
func Read(file []byte, tree Hash) (Kept, error) {
	var k Kept
	if err := json.Unmarshal(file, &k); err != nil {
		return Kept{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	d, err := New(k.Date, k.Heads)
	if err != nil {
		return Kept{}, err
	}
	k.Day = d
	name, root := tree.whole().Name, d.Root(tree)
	switch s := k.Signed; {
	case k.Hash != name:
		return Kept{}, fmt.Errorf("%w: the root was made with %q, not with %q", ErrInvalid, k.Hash, name)
	case !bytes.Equal(k.Root, root):
		return Kept{}, fmt.Errorf("%w: the heads of %s do not lead to their root", ErrInvalid, d.Date)
	case s != nil && (s.Date != d.Date || s.Count != len(d.Heads) || s.Hash != name || !bytes.Equal(s.Root, root)):
		return Kept{}, fmt.Errorf("%w: what is signed is not this day of %s", ErrInvalid, d.Date)
	}
	return k, nil
}
