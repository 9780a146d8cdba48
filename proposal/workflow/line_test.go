package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"
)

// A content is written as encoding/json writes it.
func TestAContentIsWrittenAsJSON(t *testing.T) {
	property := func(id, text string, lists []string, acted, noted bool) bool {
		_, salt := newSealer("sha256", sha256.New).salts(id)
		c := contentOf{Salt: salt}
		var err error
		if acted {
			c.Action, err = encode(map[string]any{"text": "<" + string([]rune(text)), "lists": lists})
			if err != nil {
				return true // no text
			}
		}
		if noted {
			c.Note, err = encodeNote(lists)
			require.NoError(t, err)
		}
		expected, err := json.Marshal(c)
		require.NoError(t, err)
		return string(expected) == string(encodeContent(c.Salt, c.Action, c.Note))
	}
	require.NoError(t, quick.Check(property, nil))
}

// Sums that are taken at the same time are those of what each was given.
func TestSumsTakenAtOnce(t *testing.T) {
	s := newSealer("sha256", sha256.New)
	var group sync.WaitGroup
	for i := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range 500 {
				one, other := []byte{byte(i)}, make([]byte, n)
				expected := sha256.Sum256(append([]byte{byte(i)}, other...))
				if s.sum(one, other) != hex.EncodeToString(expected[:]) {
					t.Errorf("the sum of %d and %d zeros is another", i, n)
				}
			}
		}()
	}
	group.Wait()
}
