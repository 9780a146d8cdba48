package topic

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/topic.json
var definition []byte

// Lifecycle returns the definition "topic": collected, candidate, selected,
// scheduled, declined.
func Lifecycle() lifecycle.Definition { return lifecycle.Shipped(definition) }
