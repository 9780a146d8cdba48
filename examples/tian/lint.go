package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// linted is every problem of one definition.
type linted struct {
	Problems []lifecycle.Problem `json:"problems"`
}

func lintCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint --in FILE",
		Short: "List every problem of a definition",
		Long: `Lint reads a definition, or an array of definitions, and lists every problem of
it at once: its code, where it stands, and a text. No problem is an empty list.

The guards that proposals have are known; a definition that names others of
your own declares them with --guard.`,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a definition")
	guards := cmd.Flags().StringSlice("guard", nil, "the name of a guard that code of yours stands behind; may be repeated")
	cmd.RunE = func(*cobra.Command, []string) error {
		known := append(slices.Sorted(maps.Keys(proposal.Guards())), *guards...)
		return c.answerInput(*in, func(element []byte) (any, error) {
			d, err := decodeDefinition(element)
			if err != nil {
				return nil, err
			}
			problems := lifecycle.Lint(d, lifecycle.Guards(known...))
			return linted{append([]lifecycle.Problem{}, problems...)}, nil
		}, func(answer any) string {
			l, _ := answer.(linted)
			rows := make([][]string, 1, 1+len(l.Problems))
			rows[0] = []string{"where", "code", "problem"}
			for _, p := range l.Problems {
				rows = append(rows, []string{p.Where, string(p.Code), p.Text})
			}
			return fmt.Sprintf("problems 问题 %d\n", len(l.Problems)) + table(rows)
		})
	}
	return cmd
}

// answerInput answers what --in names, element by element. text writes the
// answer to one element for people; an array is always answered in JSON.
func (c *console) answerInput(in string, one func([]byte) (any, error), text func(any) string) error {
	data, err := c.read(in)
	if err != nil {
		return err
	}
	answer, many, err := each(data, one)
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(in), err)
	}
	if many || text == nil {
		return c.answer(answer, nil)
	}
	return c.answer(answer, func() error { return c.say("%s", text(answer)) })
}
