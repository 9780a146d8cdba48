package main

import (
	"errors"
	"fmt"
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
		Use:   "draw [--in FILE | --name nine]",
		Short: "Draw a definition as a Mermaid or DOT diagram",
		Long: `Draw prints a definition as a Mermaid state diagram, or as DOT for Graphviz:
stages as groups, tracks beside the main line. The definition comes from a file,
or is one that ships with the library: nine (the default), seven, or ledger,
on which imported ledgers run. An array of definitions is answered in JSON.`,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a definition")
	name := cmd.Flags().String("name", "", "a definition that ships with the library: nine, seven, ledger")
	format := cmd.Flags().String("format", "mermaid", "mermaid or dot")
	lang := cmd.Flags().String("lang", "zh", "the language of labels: zh or en")
	cmd.RunE = func(*cobra.Command, []string) error {
		if *lang != "zh" && *lang != "en" {
			return fmt.Errorf("--lang: %q is neither zh nor en", *lang)
		}
		if drawers()[*format] == nil {
			return fmt.Errorf("--format: %q is neither mermaid nor dot", *format)
		}
		if *in != "" && *name != "" {
			return errors.New("give either --in or --name")
		}
		if *in != "" {
			return c.answerInput(*in, func(element []byte) (any, error) {
				d, err := decodeDefinition(element)
				if err != nil {
					return nil, err
				}
				return draw(d, *format, *lang), nil
			}, drawingText)
		}
		if *name == "" {
			*name = "nine"
		}
		d, err := shippedDefinition(*name)
		if err != nil {
			return err
		}
		drawn := draw(d, *format, *lang)
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
