package topic

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/topic.json
var definition []byte

// Lifecycle returns the definition "topic": collected, candidate, selected,
// scheduled, declined.
func Lifecycle() lifecycle.Definition {
	d, err := lifecycle.Decode(definition)
	if err != nil {
		return lifecycle.Definition{} // a broken build: tests compile it
	}
	return d
}
