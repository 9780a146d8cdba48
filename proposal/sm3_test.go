package proposal_test

import (
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
)

// sm3 is the state's own hash (GB/T 32905-2016, GM/T 0004-2012), written down
// plainly to be plugged in. Use a reviewed implementation for more than a test.
type sm3 struct{ message []byte }

func newSM3() hash.Hash { return new(sm3) }

func (s *sm3) Write(p []byte) (int, error) { s.message = append(s.message, p...); return len(p), nil }
func (s *sm3) Reset()                      { s.message = nil }
func (s *sm3) Size() int                   { return 32 }
func (s *sm3) BlockSize() int              { return 64 }

func (s *sm3) Sum(prefix []byte) []byte {
	padded := append(append([]byte{}, s.message...), 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.BigEndian.AppendUint64(padded, uint64(len(s.message))*8)
	v := [8]uint32{0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e}
	for ; len(padded) > 0; padded = padded[64:] {
		v = compress(v, padded[:64])
	}
	for _, word := range v {
		prefix = binary.BigEndian.AppendUint32(prefix, word)
	}
	return prefix
}

func compress(v [8]uint32, block []byte) [8]uint32 {
	rotate := bits.RotateLeft32
	var w [68]uint32
	for j := range w {
		if j < 16 {
			w[j] = binary.BigEndian.Uint32(block[4*j:])
			continue
		}
		//nolint:gosec // 16 ≤ j: every index is between 0 and 67
		x := w[j-16] ^ w[j-9] ^ rotate(w[j-3], 15)
		//nolint:gosec // likewise
		w[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j-13], 7) ^ w[j-6]
	}
	a, b, c, d, e, f, g, h := v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]
	for j := range 64 {
		t, ff, gg := uint32(0x79cc4519), a^b^c, e^f^g
		if j >= 16 {
			t, ff, gg = 0x7a879d8a, a&b|a&c|b&c, e&f|^e&g
		}
		ss1 := rotate(rotate(a, 12)+e+rotate(t, j%32), 7)
		tt1 := ff + d + (ss1 ^ rotate(a, 12)) + (w[j] ^ w[j+4])
		tt2 := gg + h + ss1 + w[j]
		a, b, c, d = tt1, a, rotate(b, 9), c
		e, f, g, h = tt2^rotate(tt2, 9)^rotate(tt2, 17), e, rotate(f, 19), g
	}
	for i, x := range [8]uint32{a, b, c, d, e, f, g, h} {
		v[i] ^= x
	}
	return v
}

// The examples of the standard's appendix A.
func TestSM3(t *testing.T) {
	for message, want := range map[string]string{
		"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		"abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd": "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
	} {
		h := newSM3()
		_, err := h.Write([]byte(message))
		require.NoError(t, err)
		require.Equal(t, want, hex.EncodeToString(h.Sum(nil)))
	}
}
