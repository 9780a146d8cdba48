package appraisal

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/appraisal.json
var definition []byte

// Lifecycle returns the definition "appraisal": announced, closed, scored, shown,
// confirmed, published, archived; cancelled.
func Lifecycle() lifecycle.Definition { return lifecycle.Shipped(definition) }
