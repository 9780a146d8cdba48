package gm

import (
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/pem"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/tian-go/tian/proposal/heads"
)

// algorithm is SM2 with SM3, and the ID of a signer that GB/T 35276-2017, section
// 10, gives where none is agreed: 1234567812345678.
const algorithm = "sm2"

// SM2 signs as GB/T 32918.2-2016 (椭圆曲线公钥密码算法) says, with the default ID;
// a signature is in ASN.1. The zero SM2 signs nothing.
type SM2 struct{ key *sm2.PrivateKey }

// ReadSM2 reads a private key in PEM (PKCS #8), as openssl writes one. What is no
// such key is refused with [heads.ErrInvalid].
func ReadSM2(file []byte) (SM2, error) {
	block, _ := pem.Decode(file)
	if block == nil {
		return SM2{}, fmt.Errorf("%w: a private key without PEM", heads.ErrInvalid)
	}
	key, err := smx509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return SM2{}, fmt.Errorf("%w: private key: %w", heads.ErrInvalid, err)
	}
	k, ok := key.(*sm2.PrivateKey)
	if !ok {
		return SM2{}, fmt.Errorf("%w: the private key is not one of SM2", heads.ErrInvalid)
	}
	return SM2{k}, nil
}

// Algorithm returns "sm2".
func (SM2) Algorithm() string { return algorithm }

// Sign draws from the system's source of random numbers.
func (k SM2) Sign(message []byte) ([]byte, error) {
	if k.key == nil {
		return nil, fmt.Errorf("%w: no key", heads.ErrInvalid)
	}
	signature, err := k.key.SignWithSM2(rand.Reader, nil, message)
	if err != nil {
		return nil, fmt.Errorf("gm: %w", err)
	}
	return signature, nil
}

// Public returns what checks the signatures of the key.
func (k SM2) Public() SM2Public {
	if k.key == nil {
		return SM2Public{}
	}
	return SM2Public{&k.key.PublicKey}
}

// SM2Public checks what an [SM2] signed. With the zero SM2Public nothing fits.
type SM2Public struct{ key *ecdsa.PublicKey }

// ReadSM2Public reads a public key in PEM (SubjectPublicKeyInfo). What is no such
// key is refused with [heads.ErrInvalid].
func ReadSM2Public(file []byte) (SM2Public, error) {
	block, _ := pem.Decode(file)
	if block == nil {
		return SM2Public{}, fmt.Errorf("%w: a public key without PEM", heads.ErrInvalid)
	}
	key, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return SM2Public{}, fmt.Errorf("%w: public key: %w", heads.ErrInvalid, err)
	}
	k, ok := key.(*ecdsa.PublicKey)
	if !ok || k.Curve != sm2.P256() {
		return SM2Public{}, fmt.Errorf("%w: the public key is not one of SM2", heads.ErrInvalid)
	}
	return SM2Public{k}, nil
}

// Algorithm returns "sm2".
func (SM2Public) Algorithm() string { return algorithm }

// Verify reports whether the signature is of the message and the key.
func (k SM2Public) Verify(message, signature []byte) bool {
	return k.key != nil && sm2.VerifyASN1WithSM2(k.key, nil, message, signature)
}
