package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/evaluate/appraisal"
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
		Use:     "lint --in FILE",
		Short:   c.t("列出一个流程的全部问题；有问题则退出码为1", "List every problem of a definition; exit with 1 when there is one"),
		Example: "  tian lifecycle lint --in mine.json --for proposal",
		Long: c.t(`读取一个或一组流程定义，一次列出其全部问题：代码、位置和说明。没有问题则为空列表。

给出 --for 时，还与提案、平台、议题、活动、计划或评审（proposal、platform、topic、activity、plan、appraisal）的程序核对：每个事件须有对应的操作，每个角色和关系须存在，程序要读的内容须齐备。

提案所用的守卫条件是已知的（给出 --for 则为该类的）；定义中另有自己的守卫条件，用 --guard 声明。`,
			`Lint reads a definition, or an array of definitions, and lists every problem of
it at once: its code, where it stands, and a text. No problem is an empty list.

With --for it is held against the code of proposal, platform, topic, activity, plan or appraisal
too: every event must have its action, every role and relation must exist, and
what the code reads must be there.

The guards that proposals have are known, or with --for those of that kind; a
definition that names others of your own declares them with --guard.`),
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a definition")
	guards := cmd.Flags().StringSlice("guard", nil, "the name of a guard that code of yours stands behind; may be repeated")
	kind := cmd.Flags().String("for", "", "hold it against the code of: proposal, platform, topic, activity, plan, appraisal")
	cmd.RunE = func(*cobra.Command, []string) error {
		lint, err := linterFor(*kind, *guards)
		if err != nil {
			return err
		}
		sound := true
		err = c.answerInput(*in, func(element []byte) (any, error) {
			d, err := decodeDefinition(element)
			if err != nil {
				sound = false
				return nil, err
			}
			l := linted{append([]lifecycle.Problem{}, lint(d)...)}
			sound = sound && len(l.Problems) == 0
			return l, nil
		}, func(answer any) string {
			l, _ := answer.(linted)
			head := fmt.Sprintf(c.t("问题%d处", "problems: %d"), len(l.Problems))
			if len(l.Problems) == 0 {
				return head
			}
			rows := [][]string{{c.t("位置", "where"), c.t("代码", "code"), c.t("问题", "problem")}}
			for _, p := range l.Problems {
				rows = append(rows, []string{p.Where, string(p.Code), c.t(p.ZH, p.Text)})
			}
			return head + "\n" + strings.TrimRight(fitted(rows), "\n")
		})
		if err == nil && !sound {
			return errBroken
		}
		return err
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
	case "plan":
		return lintOf(plan.Vocabulary(), guards), nil
	case "appraisal":
		return lintOf(appraisal.Vocabulary(), guards), nil
	}
	return nil, said("--for：没有类别“%s”，可用 proposal、platform、topic、activity、plan 和 appraisal",
		"--for: there is no kind %q: proposal, platform, topic, activity, plan or appraisal", kind)
}

func lintOf[C workflow.Case, R any](v workflow.Vocabulary[C, R], guards []string) func(lifecycle.Definition) []lifecycle.Problem {
	for _, name := range guards {
		v.Guards[name] = nil
	}
	return v.Lint
}

// answerInput answers what --in names, element by element. text writes the
// answer to one element for people.
func (c *console) answerInput(in string, one func([]byte) (any, error), text func(any) string) error {
	data, err := c.read(in)
	if err != nil {
		return err
	}
	answer, many, err := each(data, one)
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(in), err)
	}
	if text == nil {
		return c.answer(answer, nil)
	}
	return c.answer(answer, func() error {
		list, _ := answer.([]any)
		if !many {
			list = []any{answer}
		}
		texts := make([]string, len(list))
		for i, one := range list {
			if f, is := one.(failure); is {
				texts[i] = strings.Join(wrap(f.Error.Code+": "+f.Error.Message, screen), "\n")
			} else {
				texts[i] = text(one)
			}
		}
		return c.say("%s", strings.Join(texts, "\n\n"))
	})
}
