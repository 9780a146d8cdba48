package gm

import (
	"github.com/emmansun/gmsm/sm3"

	"github.com/tian-go/tian/proposal/heads"
)

// SM3 returns the hash of GB/T 32905-2016 (密码杂凑算法), named "sm3"; 32 bytes.
func SM3() heads.Hash { return heads.Hash{Name: "sm3", Make: sm3.New} }
