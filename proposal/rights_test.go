package proposal_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// Whatever anybody tries in whatever state, nothing outside the tables of acts and
// of sights succeeds or is seen.
func TestNothingOutsideTheTablesIsDoneOrSeen(t *testing.T) {
	rights := vocabularytest.Checked(t, "testdata", *update, proposal.Nine(), proposal.Seven())
	whole := make([]proposal.Action, 0, len(every))
	for _, e := range every {
		whole = append(whole, e.do)
	}
	for _, name := range []string{"nine", "seven"} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, workflow.WithUse(proposal.Kind, "", name))
			for i, situation := range situations {
				h.to(situation, fmt.Sprintf("2024-%03d", i))
			}
			h.to("promised", "2024-800")
			published := h.to("closed", "2024-900")
			h.take(published.ID, step{committee, proposal.Publish{Title: "支持小店", Text: "已办理。"}})
			_, err := h.Relocate(context.Background(), everywhere, toJiulongpo(h.to("filed", "2024-901").ID))
			require.NoError(t, err)
			_, err = h.Open(context.Background(), proposal.Actor{ID: "p-1", Body: "xiushan", Unit: "12", Roles: []string{"party"}},
				proposal.Draft{Title: "集体提案", Proposer: proposal.Proposer{Kind: proposal.Party, ID: "12"}})
			require.NoError(t, err)
			rnd := rand.New(rand.NewPCG(5, 1)) //nolint:gosec // the same actors every time
			pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
			actors := []workflow.Actor{member, another, committee, office, leader, evaluator, admin, nobody, neighbour, overseer, clerk("market"), clerk("banking")}
			more := 12
			if testing.Short() {
				more = 2
			}
			for range more {
				a := proposal.Actor{ID: pick("", "m-1", "m-2", "c-1", "12", "market"), Body: pick("xiushan", "xiushan", "jiulongpo", "chongqing", ""), Unit: pick("", "", "market", "12", "m-1")}
				for range rnd.IntN(3) {
					a.Roles = append(a.Roles, pick("member", "committee", "office", "leader", "evaluator", "administrator", "proposer", "unit", "cosigner", "public", "system"))
				}
				if rnd.IntN(3) == 0 {
					a.Grants = []workflow.Grant{{Role: pick("committee", "office", "proposer", "unit"), Body: pick("xiushan", "jiulongpo", "chongqing")}}
				}
				if rnd.IntN(4) == 0 {
					a.For = pick("m-1", "m-2", "nobody")
				}
				actors = append(actors, a)
			}
			covers := func(above, body string) bool { return above == body || above == "chongqing" }
			inside, outside := vocabularytest.Inside(t, rights, h.store, h.Engine, proposal.Vocabulary(), actors, covers, whole...)
			require.Greater(t, inside, 1000)
			require.Greater(t, outside, 5_000)
		})
	}
}
