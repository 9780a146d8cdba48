package consult_test

import (
	"slices"
	"testing"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

func TestEveryReleasedVersionOfTheShippedDefinitionsIsStillThere(t *testing.T) {
	vocabularytest.Released(t, "testdata/released.txt", slices.Concat(
		platform.Vocabulary().Definitions, topic.Vocabulary().Definitions, activity.Vocabulary().Definitions)...)
}
