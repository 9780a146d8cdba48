package heads_test

import (
	"crypto/ed25519"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/heads"
)

func day(t *testing.T, n int) heads.Day {
	t.Helper()
	var all []heads.Head
	for i := range n {
		all = append(all, heads.Head{Kind: "proposal", ID: fmt.Sprintf("%03d", n-i), Seq: 5, Hash: fmt.Sprintf("%02x", i)})
	}
	d, err := heads.New("2026-03-01", all)
	require.NoError(t, err)
	return d
}

func key() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) }

func TestEveryCaseIsProvedAndNoOther(t *testing.T) {
	for n := 1; n <= 40; n++ {
		d := day(t, n)
		s, err := d.Sign(heads.Ed25519(key()), heads.Hash{})
		require.NoError(t, err)
		for _, h := range d.Heads {
			p, err := d.Prove(h.Kind, h.ID, heads.Hash{})
			require.NoError(t, err)
			require.True(t, s.Holds(p, heads.Hash{}), "%d of %d", p.Index, n)
			p.Head.Seq++
			require.False(t, s.Holds(p, heads.Hash{}))
			p.Head.Seq--
			p.Path = append(p.Path, make([]byte, 32))
			require.False(t, s.Holds(p, heads.Hash{}))
		}
	}
	_, err := day(t, 3).Prove("proposal", "none", heads.Hash{})
	require.ErrorIs(t, err, heads.ErrNotFound)
}

func TestASignatureIsOfItsDateCountAndRoot(t *testing.T) {
	own, ok := key().Public().(ed25519.PublicKey)
	require.True(t, ok)
	public := heads.Ed25519Public(own)
	s, err := day(t, 7).Sign(heads.Ed25519(key()), heads.Hash{})
	require.NoError(t, err)
	require.NoError(t, s.Check(public))
	for _, edit := range []func(*heads.Signed){
		func(s *heads.Signed) { s.Date = "2026-03-02" },
		func(s *heads.Signed) { s.Count-- },
		func(s *heads.Signed) { s.Root = day(t, 6).Root(heads.Hash{}) },
		func(s *heads.Signed) { s.Hash = "sm3" },
		func(s *heads.Signed) { s.Algorithm = "sm2" },
	} {
		edited := s
		edit(&edited)
		require.ErrorIs(t, edited.Check(public), heads.ErrSignature)
	}
	_, err = day(t, 1).Sign(heads.Ed25519{1}, heads.Hash{})
	require.ErrorIs(t, err, heads.ErrInvalid)
}

func TestWhatNoLongerFollowsIsNamed(t *testing.T) {
	d := day(t, 5)
	changes, err := d.Compare(func(_, id string, seq uint64) (uint64, string, error) {
		switch id {
		case "002":
			return 9, "another", nil
		case "003":
			return seq - 1, "", nil
		case "005": // the last case, removed whole
			return 0, "", nil
		}
		for _, h := range d.Heads {
			if h.ID == id {
				return seq + 3, h.Hash, nil
			}
		}
		return 0, "", nil
	})
	require.NoError(t, err)
	require.Equal(t, []heads.Change{
		{Head: d.Heads[1], Reason: heads.Changed},
		{Head: d.Heads[2], Reason: heads.RolledBack},
		{Head: d.Heads[4], Reason: heads.Vanished},
	}, changes)
}

func TestHeadsThatCannotBeKeptAreRefused(t *testing.T) {
	h := heads.Head{Kind: "proposal", ID: "1", Seq: 1, Hash: "01"}
	for _, all := range [][]heads.Head{{h, h}, {{Kind: "proposal", ID: "1", Seq: 1}}, {{Kind: "proposal", ID: "1", Hash: "01"}}} {
		_, err := heads.New("2026-03-01", all)
		require.ErrorIs(t, err, heads.ErrInvalid)
	}
	_, err := heads.New("2026-02-30", nil)
	require.ErrorIs(t, err, heads.ErrInvalid)
}
