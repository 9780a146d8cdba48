package appraisal_test

import (
	"testing"

	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

func TestEveryReleasedVersionOfTheShippedDefinitionsIsStillThere(t *testing.T) {
	vocabularytest.Released(t, "testdata/released.txt", appraisal.Vocabulary().Definitions...)
}
