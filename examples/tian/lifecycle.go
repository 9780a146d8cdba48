package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/examples/ledger"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
)

func lifecycleCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lifecycle",
		Short: "Check, walk and draw lifecycles that are given as data",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	cmd.AddCommand(lintCommand(c), walkCommand(c), drawCommand(c))
	return cmd
}

// shippedDefinition returns a definition that comes with the library, or with
// the ledger.
func shippedDefinition(name string) (lifecycle.Definition, error) {
	shipped := map[string]func() lifecycle.Definition{
		"nine": proposal.Nine, "seven": proposal.Seven, "ledger": ledger.Definition,
	}
	get, ok := shipped[name]
	if !ok {
		return lifecycle.Definition{}, fmt.Errorf("--name: there is no definition %q, only %v", name, slices.Sorted(maps.Keys(shipped)))
	}
	return get(), nil
}

// decodeDefinition reads a definition; its error has the code "malformed".
func decodeDefinition(data []byte) (lifecycle.Definition, error) {
	d, err := lifecycle.Decode(data)
	if err != nil {
		return d, &codedError{"malformed", err}
	}
	return d, nil
}
