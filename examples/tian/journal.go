package main

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// exportedJournal is the help of export --journal.
func (c *console) exportedJournal() string {
	return c.t("--journal 将全部留痕按总账顺序、随后将全部记录写到标准输出，每行一个JSON对象；哈希所覆盖的字节以base64原样给出。导出期间不应有人写入。格式见proposal/docs/export.md。",
		`--journal writes every entry in the order of the feed, and then every record, to
standard output: one JSON object a line, with the bytes that the hashes are taken
over in base64. Nobody should write to the database meanwhile. The form is
described in proposal/docs/export.md; proposal/docs/verify.py verifies it with
Python's standard library alone.`)
}

func (c *console) exportJournal(cmd *cobra.Command, db string) error {
	return withDatabase(cmd.Context(), db, false, func(st database) error {
		out := bufio.NewWriter(c.out)
		if err := workflow.ExportJournal(cmd.Context(), st, out, proposal.Kind); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("print: %w", err)
		}
		return nil
	})
}
