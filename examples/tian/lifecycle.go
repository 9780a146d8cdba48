package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func lifecycleCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "lifecycle",
		Short:   c.t("检查、走查、绘制以数据给出的流程", "Check, walk and draw lifecycles that are given as data"),
		Example: "  tian lifecycle lint --in mine.json --for proposal\n  tian lifecycle draw --name nine",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cmd.Help(); err != nil {
				return err
			}
			return errors.New("lifecycle: " + c.t("没有指明做什么：lint、walk 或 draw", "nothing was asked for: lint, walk or draw"))
		},
	}
	cmd.AddCommand(lintCommand(c), walkCommand(c), drawCommand(c))
	return cmd
}
