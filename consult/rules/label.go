package rules

import "github.com/tian-go/tian/proposal/lifecycle"

func label(zh, en string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: en} }
