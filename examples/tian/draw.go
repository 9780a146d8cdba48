package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// drawing is a drawing in a language that tools draw from.
type drawing struct {
	Name    string `json:"name"`
	Format  string `json:"format"`
	Drawing string `json:"drawing"`
}

func drawCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "draw [--in FILE | --name nine]",
		Short:   c.t("把流程绘成 Mermaid 或 DOT 图", "Draw a definition as a Mermaid or DOT diagram"),
		Example: "  tian lifecycle draw --name nine --lang zh\n  tian lifecycle draw --in mine.json --format dot",
		Long: c.t(`把流程定义画成 Mermaid 状态图，或 Graphviz 的 DOT：环节成组，分线画在主线旁。定义来自文件，或为随附的一种：nine（默认）、seven，或导入的台账所用的 ledger。`,
			`Draw prints a definition as a Mermaid state diagram, or as DOT for Graphviz:
stages as groups, tracks beside the main line. The definition comes from a file,
or is one that ships with the library: nine (the default), seven, or ledger,
on which imported ledgers run.`),
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a definition")
	name := cmd.Flags().String("name", "", "a definition that ships with the library: nine, seven, ledger")
	format := cmd.Flags().String("format", "mermaid", "mermaid or dot")
	cmd.RunE = func(*cobra.Command, []string) error {
		if drawers()[*format] == nil {
			return said("--format：“%s”既不是 mermaid 也不是 dot", "--format: %q is neither mermaid nor dot", *format)
		}
		if *in != "" && *name != "" {
			return said("--in 与 --name 只能给出其一", "give either --in or --name")
		}
		if *in != "" {
			return c.answerInput(*in, func(element []byte) (any, error) {
				d, err := decodeDefinition(element)
				if err != nil {
					return nil, err
				}
				return draw(d, *format, c.lang), nil
			}, drawingText)
		}
		if *name == "" {
			*name = "nine"
		}
		d, err := shippedDefinition(*name)
		if err != nil {
			return err
		}
		drawn := draw(d, *format, c.lang)
		return c.answer(drawn, func() error { return c.say("%s", drawingText(drawn)) })
	}
	return cmd
}

func drawers() map[string]func(lifecycle.Definition, string) string {
	return map[string]func(lifecycle.Definition, string) string{"mermaid": lifecycle.Mermaid, "dot": lifecycle.DOT}
}

func draw(d lifecycle.Definition, format, lang string) drawing {
	return drawing{d.Name, format, drawers()[format](d, lang)}
}

func drawingText(answer any) string {
	d, _ := answer.(drawing)
	return strings.TrimRight(d.Drawing, "\n")
}
