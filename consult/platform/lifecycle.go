package platform

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/platform.json
var definition []byte

// Lifecycle returns the definition "platform": open, suspended, closed.
func Lifecycle() lifecycle.Definition {
	d, err := lifecycle.Decode(definition)
	if err != nil {
		return lifecycle.Definition{} // a broken build: tests compile it
	}
	return d
}
