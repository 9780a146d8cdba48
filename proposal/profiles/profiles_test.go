package profiles_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/profiles"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// Every profile says where it is from, and goes with the code; each can be had for a
// body of its own beside all others.
func TestEveryProfileGoesWithTheCode(t *testing.T) {
	all := profiles.All()
	require.Len(t, all, 8)
	var options []workflow.Option
	for _, p := range all {
		require.NotEmpty(t, p.Label.ZH, p.Key)
		require.NotEmpty(t, p.Label.EN, p.Key)
		require.NotEmpty(t, p.Source, p.Key)
		require.NotEmpty(t, p.Definition.States, p.Key)
		own, ok := profiles.Get(p.Key)
		require.True(t, ok)
		require.Equal(t, p, own)
		svc, err := proposal.New(memory.New(), p.Options("")...)
		require.NoError(t, err, p.Key)
		require.Equal(t, p.Definition.Name, svc.MachineFor("any").Name())
		options = append(options, p.Options(p.Key)...)
	}
	svc, err := proposal.New(memory.New(), options...)
	require.NoError(t, err)
	for _, p := range all {
		require.Equal(t, p.Definition.Fingerprint(), svc.MachineFor(p.Key).Fingerprint())
		require.Equal(t, p.Rules, svc.Rules(p.Key))
	}
	_, ok := profiles.Get("atlantis")
	require.False(t, ok)
}

func TestReleasedProfilesStayAsTheyWere(t *testing.T) {
	var definitions []lifecycle.Definition
	for _, p := range profiles.All() {
		definitions = append(definitions, p.Definition)
	}
	vocabularytest.Released(t, "testdata/released.txt", definitions...)
}

// What a caller does to a profile is nobody else's.
func TestEachCallHasCopiesOfItsOwn(t *testing.T) {
	first, _ := profiles.Get("national")
	first.Definition.States[0].Key = "spoilt"
	first.Rules.Classes[0].Terms[0].Key = "spoilt"
	second, _ := profiles.Get("national")
	require.Equal(t, "draft", second.Definition.States[0].Key)
	require.Equal(t, "a", second.Rules.Classes[0].Terms[0].Key)
}
