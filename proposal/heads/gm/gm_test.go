package gm_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/heads"
	"github.com/tian-go/tian/proposal/heads/gm"
)

// The examples of GB/T 32905-2016, appendix A.
func TestSM3HasTheDigestsOfTheStandard(t *testing.T) {
	for message, want := range map[string]string{
		"abc":                      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		strings.Repeat("abcd", 16): "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
	} {
		h := gm.SM3().Make()
		_, err := h.Write([]byte(message))
		require.NoError(t, err)
		require.Equal(t, want, hex.EncodeToString(h.Sum(nil)))
	}
}

func number(t *testing.T, digits string) *big.Int {
	t.Helper()
	n, ok := new(big.Int).SetString(strings.ReplaceAll(digits, " ", ""), 16)
	require.True(t, ok)
	return n
}

// The example of GB/T 32918.5-2017, appendix A.2, whose signer has the default ID.
func TestTheSignatureOfTheStandardFits(t *testing.T) {
	der, err := smx509.MarshalPKIXPublicKey(&ecdsa.PublicKey{
		Curve: sm2.P256(),
		X:     number(t, "09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020"),
		Y:     number(t, "CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13"),
	})
	require.NoError(t, err)
	public, err := gm.ReadSM2Public(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	require.NoError(t, err)
	signature, err := asn1.Marshal(struct{ R, S *big.Int }{
		number(t, "F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3"),
		number(t, "B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA"),
	})
	require.NoError(t, err)
	require.True(t, public.Verify([]byte("message digest"), signature))
	require.False(t, public.Verify([]byte("message Digest"), signature))
	signature[len(signature)-1] ^= 1
	require.False(t, public.Verify([]byte("message digest"), signature))
}

// private returns a new key of SM2 in PEM.
func private(t testing.TB) []byte {
	t.Helper()
	key, err := sm2.GenerateKey(rand.Reader)
	require.NoError(t, err)
	der, err := smx509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func TestADayIsSignedWithSM2AndProvedWithSM3(t *testing.T) {
	d, err := heads.New("2026-03-01", []heads.Head{{Kind: "proposal", ID: "1", Seq: 2, Hash: "a"}, {Kind: "proposal", ID: "2", Seq: 1, Hash: "b"}})
	require.NoError(t, err)
	key, err := gm.ReadSM2(private(t))
	require.NoError(t, err)
	other, err := gm.ReadSM2(private(t))
	require.NoError(t, err)
	s, err := d.Sign(key, gm.SM3())
	require.NoError(t, err)
	require.Equal(t, "sm3", s.Hash)
	require.NotEqual(t, d.Root(heads.Hash{}), s.Root)
	require.NoError(t, s.Check(key.Public()))
	require.ErrorIs(t, s.Check(other.Public()), heads.ErrSignature)
	p, err := d.Prove("proposal", "2", gm.SM3())
	require.NoError(t, err)
	require.True(t, s.Holds(p, gm.SM3()))
	require.False(t, s.Holds(p, heads.Hash{}))
	s.Count++
	require.ErrorIs(t, s.Check(key.Public()), heads.ErrSignature)
}

func TestKeysThatAreNoneOfSM2AreRefused(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(p256)
	require.NoError(t, err)
	for _, file := range [][]byte{nil, []byte("key"), pem.EncodeToMemory(&pem.Block{Bytes: der}), pem.EncodeToMemory(&pem.Block{Bytes: []byte("key")})} {
		_, err = gm.ReadSM2(file)
		require.ErrorIs(t, err, heads.ErrInvalid)
	}
	der, err = x509.MarshalPKIXPublicKey(&p256.PublicKey)
	require.NoError(t, err)
	for _, file := range [][]byte{nil, pem.EncodeToMemory(&pem.Block{Bytes: der}), pem.EncodeToMemory(&pem.Block{Bytes: []byte("key")})} {
		_, err = gm.ReadSM2Public(file)
		require.ErrorIs(t, err, heads.ErrInvalid)
	}
	_, err = gm.SM2{}.Sign([]byte("message"))
	require.ErrorIs(t, err, heads.ErrInvalid)
	require.False(t, gm.SM2{}.Public().Verify([]byte("message"), nil))
}

// The heads of a day, with the state's algorithms.
func Example() {
	day, err := heads.New("2026-03-01", []heads.Head{{Kind: "proposal", ID: "p-1", Seq: 5, Hash: "66c7f0f4"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	kept, err := heads.Keep(day, gm.SM3(), nil)
	fmt.Println(kept.Hash, hex.EncodeToString(kept.Root[:4]), err)
	// Output: sm3 8e8d4763 <nil>
}
