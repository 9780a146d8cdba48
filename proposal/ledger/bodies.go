package ledger

import (
	"fmt"

	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/workflow"
)

// Root is the body above all others of a ledger.
const Root = "ledger"

// levels returns the levels of conferences, from the top.
func levels() []string { return []string{"national", "provincial", "prefecture", "county"} }

func levelBody(level string) string { return or(level, "unstated") }

// Tree is the bodies that the rows belong to: each place under its level, and
// the levels under [Root]. A ledger does not print which province a city is in,
// so that the tree does not say it either. Dates are Beijing's.
func Tree(rows []Row) (*workflow.Tree, error) {
	names := map[string]string{
		"national": "全国", "provincial": "省级", "prefecture": "市级", "county": "县级", "unstated": "未载明",
	}
	bodies := []workflow.Body{{ID: Root, Name: "台账", Zone: sheet.Beijing()}}
	for _, level := range append(levels(), "unstated") {
		bodies = append(bodies, workflow.Body{ID: level, Parent: Root, Name: names[level]})
	}
	seen := make(map[string]bool)
	for _, r := range rows {
		if id := r.Body(); !seen[id] {
			seen[id] = true
			bodies = append(bodies, workflow.Body{ID: id, Parent: levelBody(r.Level), Name: or(r.Place, "未载明")})
		}
	}
	tree, err := workflow.NewTree(bodies...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return tree, nil
}
