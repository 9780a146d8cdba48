package heads

import (
	"crypto/sha512"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
)

// The tree of RFC 6962, section 2.1, by the vectors of certificate-transparency,
// merkletree/merkle_tree_test.cc: root i is of the first i leaves.
func TestTheTreeIsThatOfRFC6962(t *testing.T) {
	inputs := []string{
		"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
	}
	roots := []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	h := Hash{}.whole()
	var leaves [][]byte
	require.Equal(t, roots[0], hex.EncodeToString(h.root(nil)))
	for i, input := range inputs {
		data, err := hex.DecodeString(input)
		require.NoError(t, err)
		leaves = append(leaves, h.leaf(data))
		require.Equal(t, roots[i+1], hex.EncodeToString(h.root(leaves)), "%d leaves", i+1)
	}
}

func TestTheRootOfNoCasesIsTheHashOfNothing(t *testing.T) {
	d, err := New("2026-03-01", nil)
	require.NoError(t, err)
	require.Equal(t, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex.EncodeToString(d.Root(Hash{})))
}

// A host's own hash makes another tree, whose proofs hold by it alone.
func TestTheHashIsTheHosts(t *testing.T) {
	d, err := New("2026-03-01", []Head{{"proposal", "1", 1, "a"}, {"proposal", "2", 4, "b"}, {"proposal", "3", 2, "c"}})
	require.NoError(t, err)
	own := Hash{Name: "sha512", Make: sha512.New}
	require.Len(t, d.Root(own), 64)
	signed := Signed{Date: d.Date, Count: 3, Hash: "sha512", Root: d.Root(own)}
	p, err := d.Prove("proposal", "3", own)
	require.NoError(t, err)
	require.True(t, signed.Holds(p, own))
	require.False(t, signed.Holds(p, Hash{}))
	require.False(t, signed.Holds(p, Hash{Name: "another", Make: sha512.New}))
}
