package consult

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/platform.json
var platformJSON []byte

//go:embed lifecycles/topic.json
var topicJSON []byte

//go:embed lifecycles/activity.json
var activityJSON []byte

// PlatformLifecycle returns the definition "platform": open, suspended, closed.
func PlatformLifecycle() lifecycle.Definition { return shipped(platformJSON) }

// TopicLifecycle returns the definition "topic": collected, candidate, selected,
// scheduled, declined.
func TopicLifecycle() lifecycle.Definition { return shipped(topicJSON) }

// ActivityLifecycle returns the definition "activity": planned, researched,
// noticed, held, concluded, published, followed up, closed; postponed and
// cancelled. The checklist's items run on a track of their own, one for each.
func ActivityLifecycle() lifecycle.Definition { return shipped(activityJSON) }

// shipped decodes a definition that is part of the package. Its tests decode
// the same bytes: an error here is a broken build, and leaves a definition that
// does not compile.
func shipped(data []byte) lifecycle.Definition {
	d, err := lifecycle.Decode(data)
	if err != nil {
		return lifecycle.Definition{}
	}
	return d
}
