package proposal

import (
	_ "embed"

	"github.com/tian-go/tian/proposal/lifecycle"
)

//go:embed lifecycles/nine.json
var nine []byte

//go:embed lifecycles/seven.json
var seven []byte

// Nine returns the definition "nine": 培育 cultivation, 征集 submission, 审查 review,
// 立案 filing, 交办 assignment, 办理 handling, 督办 supervision, 答复 reply, 反馈 feedback.
func Nine() lifecycle.Definition { return lifecycle.Shipped(nine) }

// Seven returns the definition "seven": the nine stages without the first and
// the last.
func Seven() lifecycle.Definition { return lifecycle.Shipped(seven) }
