package appraisal_test

import (
	"testing"

	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

func TestEveryFieldBelongsToAPart(t *testing.T) {
	t.Parallel()
	vocabularytest.Reading(t, appraisal.Vocabulary())
}
