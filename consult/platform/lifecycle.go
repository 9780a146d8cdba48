package platform

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/platform.json
var definition []byte

// Lifecycle returns the definition "platform": open, suspended, closed.
func Lifecycle() lifecycle.Definition { return lifecycle.Shipped(definition) }
