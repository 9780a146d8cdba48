package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
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

With --for it is held against the code of proposal, platform, topic or activity
too: every event must have its action, every role and relation must exist, and
what the code reads must be there.

The guards that proposals have are known, or with --for those of that kind; a
definition that names others of your own declares them with --guard.`,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a definition")
	guards := cmd.Flags().StringSlice("guard", nil, "the name of a guard that code of yours stands behind; may be repeated")
	kind := cmd.Flags().String("for", "", "hold it against the code of: proposal, platform, topic, activity")
	cmd.RunE = func(*cobra.Command, []string) error {
		lint, err := linterFor(*kind, *guards)
		if err != nil {
			return err
		}
		return c.answerInput(*in, func(element []byte) (any, error) {
			d, err := decodeDefinition(element)
			if err != nil {
				return nil, err
			}
			return linted{append([]lifecycle.Problem{}, lint(d)...)}, nil
		}, func(answer any) string {
			l, _ := answer.(linted)
			rows := make([][]string, 1, 1+len(l.Problems))
			rows[0] = []string{"where", "code", "问题", "problem"}
			for _, p := range l.Problems {
				rows = append(rows, []string{p.Where, string(p.Code), p.ZH, p.Text})
			}
			return fmt.Sprintf("problems 问题 %d\n", len(l.Problems)) + table(rows)
		})
	}
	return cmd
}

// linterFor returns what lists the problems of a definition, by itself or for a
// kind of case.
func linterFor(kind string, guards []string) (func(lifecycle.Definition) []lifecycle.Problem, error) {
	switch kind {
	case "":
		known := append(slices.Sorted(maps.Keys(proposal.Guards())), guards...)
		return func(d lifecycle.Definition) []lifecycle.Problem { return lifecycle.Lint(d, lifecycle.Guards(known...)) }, nil
	case "proposal":
		return lintOf(proposal.Vocabulary(), guards), nil
	case "platform":
		return lintOf(platform.Vocabulary(), guards), nil
	case "topic":
		return lintOf(topic.Vocabulary(), guards), nil
	case "activity":
		return lintOf(activity.Vocabulary(), guards), nil
	}
	return nil, fmt.Errorf("--for: there is no kind %q: proposal, platform, topic or activity", kind)
}

func lintOf[C workflow.Case, R any](v workflow.Vocabulary[C, R], guards []string) func(lifecycle.Definition) []lifecycle.Problem {
	for _, name := range guards {
		v.Guards[name] = nil
	}
	return v.Lint
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
