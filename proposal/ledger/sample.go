package ledger

import _ "embed"

//go:embed ledger.csv
var sample []byte

// Sample returns the ledger that ships with this package: 239 real published
// proposals, as printed. The caller must not change it.
func Sample() []byte { return sample }
