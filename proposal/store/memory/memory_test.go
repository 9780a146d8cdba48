package memory_test

import (
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func TestKeepsThePromisesOfTheSeam(t *testing.T) {
	storetest.Run(t, func(testing.TB) store.Store { return memory.New() }, storetest.Capabilities{})
}
