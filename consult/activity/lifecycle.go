package activity

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/activity.json
var definition []byte

// Lifecycle returns the definition "activity": planned, researched,
// noticed, held, concluded, published, followed up, closed; postponed and
// cancelled. The checklist's items run on a track of their own, one for each.
func Lifecycle() lifecycle.Definition { return lifecycle.Shipped(definition) }
