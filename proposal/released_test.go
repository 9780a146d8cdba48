package proposal_test

import (
	"testing"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

func TestEveryReleasedVersionOfTheShippedDefinitionsIsStillThere(t *testing.T) {
	vocabularytest.Released(t, "testdata/released.txt", proposal.Vocabulary().Definitions...)
}
