package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// run runs the command with these arguments and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	c := &console{in: in, out: out, err: errs}
	var err error
	if c.lang, err = languageOf(args); err != nil {
		_, _ = fmt.Fprintln(errs, "tian: "+err.Error()) // there is nowhere else to say it
		return exitUnusable
	}
	root := &cobra.Command{
		Use:   "tian",
		Short: c.t("提案：台账、流程、办理过程与统计", "Proposals: their ledgers, lifecycles, histories and figures"),
		Long: c.t(`tian 是程序库 github.com/tian-go/tian 的命令行。

退出码：0 表示已作答；1 表示命令自身的检查未通过（核验有损坏、流程有问题、所有行都未录入、
评分表有误）；2 表示输入不能使用，标准错误有一行说明。读取 JSON 的命令，输入数组则输出同样
长度、同样顺序的数组，有误的一项处为 {"error":{"code":…,"message":…}}。

语言由 --lang 或环境变量 TIAN_LANG 指定，否则依系统语言；数据库由 --db 或 TIAN_DB 指定。`,
			`tian is the library github.com/tian-go/tian at a prompt.

It exits with 0 when it could answer, with 1 when a check of its own found
something (an audit something broken, a lint a problem, an import no good row, a
card that is bad), and with 2, and one line on standard error, when the input
cannot be used. Where a command reads JSON, an array of inputs gives an array of
answers of the same length and order; a bad element gets
{"error":{"code":…,"message":…}} in its place.

The language is that of --lang, of TIAN_LANG or of the locale; the database that
of --db or of TIAN_DB.`),
		Example:      "  tian demo\n  tian import --in ledger.xlsx --db tian.db\n  tian list --db tian.db",
		Version:      version(),
		SilenceUsage: true, SilenceErrors: true,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("tian {{.Version}}\n")
	root.SetUsageTemplate(c.usage(root.UsageTemplate()))
	root.PersistentFlags().String("lang", c.lang, c.t("语言：zh 或 en", "the language: zh or en"))
	root.PersistentFlags().BoolVar(&c.json, "json", false, c.t("以 JSON 输出", "print JSON"))
	root.CompletionOptions.HiddenDefaultCmd = false
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	root.AddCommand(demoCommand(c), importCommand(c), statsCommand(c), reportCommand(c), showCommand(c), auditCommand(c), headsCommand(c),
		listCommand(c), findCommand(c), overdueCommand(c), exportCommand(c), lifecycleCommand(c), playCommand(c), dueCommand(c), measureCommand(c), scoreCommand(c), verifyCommand(c), schemaCommand(c), versionCommand(c))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd(args...)
	c.speak(root)
	switch err := root.ExecuteContext(ctx); {
	case err == nil:
		return exitAnswered
	case errors.Is(err, errBroken):
		return exitBroken
	default:
		_, _ = fmt.Fprintln(errs, "tian: "+c.errorText(err)) // there is nowhere else to say it
		return exitUnusable
	}
}
