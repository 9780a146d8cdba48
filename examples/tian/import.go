package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/ledger/sheet"
)

func importCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import --in LEDGER --db DSN",
		Short: c.t("导入台账：合格的行录入，有误的行逐行说明", "Import a ledger: good rows go in, bad ones are told"),
		Long: c.t(`逐行导入台账，按该行数据所能说明的程度走完各环节。有误的行按行号说明，其余照常录入。重复
导入不改变任何内容；中断后再次执行同一命令即可接着导入。

台账可以是 CSV（UTF-8、UTF-16、GBK、GB18030）、.xlsx，或扩展名为 .xls 的 HTML 表格。表头之上可有
标题，一页可有几个表，表头可占两行。只需有案由一列。列名按内置对照表识别；另有列名可用 
--map 文件添加，--dry-run 显示每一列如何识别，--rejects 把有误的行存成可改正后再导入的文件。

对照表例：
  {"columns":{"title":["事由"],"ignore":["备注"]},"words":{"key":{"yes":["★"]}}}`,
			`Import takes each row of a ledger into the database, through every stage that
the row's data supports. A bad row is told with its line, and all others go in.
Importing a ledger again changes nothing; an import that was cut off goes on when
the same command is given again.

A ledger is CSV (UTF-8, UTF-16, GBK, GB18030), XLSX, or an HTML table named .xls.
It may have a title above its header, several tables, and headers over two rows.
Only a title is needed; other columns are left aside. The columns are

`+columnsHelp()+`
and have the names that offices print (案号, 案由, 主办单位 …); --map adds others, as

  {"columns":{"title":["事由"],"ignore":["备注"]},"words":{"key":{"yes":["★"]}}}

What is not printed stays empty. Units are separated by ; , 、 or line ends, not
inside parentheses. Dates are written 2022-11-23, 2022年11月23日, 2022/11/23,
with a time of day, as seconds since 1970 or as a spreadsheet counts days.`),
		Example: "  tian import --in ledger.xlsx --db tian.db --rejects bad.csv\n  tian import --in ledger.csv --map map.json --dry-run",
		Args:    cobra.NoArgs,
	}
	in, db := inputFlag(cmd, c.t("台账", "the ledger")), databaseFlag(cmd, "")
	own := cmd.Flags().String("map", "", c.t("列名对照表（JSON 文件）", "a JSON file with headers and words of your own"))
	dry := cmd.Flags().Bool("dry-run", false, c.t("不导入，只说明各列如何识别", "import nothing; print how each column was understood"))
	rejects := cmd.Flags().String("rejects", "", c.t("把有误的行写入此文件", "write the rows that were refused to this file"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withLedger(*in, *own, func(r *ledger.Reader) error {
			if *dry {
				return c.dryRun(r)
			}
			return withDatabase(cmd.Context(), *db, true, func(st database) error { return c.importInto(cmd.Context(), st, r, *rejects) })
		})
	}
	return cmd
}

// columnsHelp lists the columns, a few on a line.
func columnsHelp() string { return indent(strings.Join(ledger.Columns(), ", ")) }

// withLedger opens what --in names as a ledger, with the map of that file.
func (c *console) withLedger(name, own string, do func(*ledger.Reader) error) error {
	m := ledger.DefaultMap()
	if own != "" {
		data, err := os.ReadFile(own) //nolint:gosec // the user names the file
		if err != nil {
			return err
		}
		added, err := ledger.DecodeMap(data)
		if err != nil {
			return fmt.Errorf("%s: %w", own, err)
		}
		m = m.With(added)
	}
	in, end, err := c.open(name)
	if err != nil {
		return err
	}
	defer end()
	r, err := ledger.Open(in, m, sheet.Limits{})
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(name), err)
	}
	return errors.Join(do(r), r.Close())
}

// importInto imports, keeps what is refused, and says how far it came.
func (c *console) importInto(ctx context.Context, st database, r *ledger.Reader, rejects string) (err error) {
	watch := ledger.Watch{Now: time.Now()}
	if rejects != "" {
		f, err := os.Create(rejects) //nolint:gosec // the user names the file
		if err != nil {
			return fmt.Errorf("--rejects: %w", err)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		watch.Refused = ledger.NewRejects(f, c.lang).Add
	}
	done, end := c.progress(c.t("导入", "import"), -1)
	watch.Progress = done
	report, fault := ledger.ImportFrom(ctx, st, r, watch)
	end()
	report.Ignored = r.Ignored()
	if fault != nil {
		how := fmt.Sprintf(c.t("已录入%d行，原有%d行，第%d行及以前均已处理；再次执行同一命令即从此继续",
			"%d rows were imported and %d in already, all up to line %d are done; give the same command again to go on"), report.Imported, report.Already, report.Until)
		return fmt.Errorf("%s: %w", how, fault)
	}
	for i := range report.Refused {
		report.Refused[i].Message = report.Refused[i].In(c.lang)
	}
	if err := c.answer(report, func() error { return c.printImport(report) }); err != nil {
		return err
	}
	if report.Rows > 0 && report.Imported+report.Already == 0 {
		return errBroken
	}
	return nil
}

// dryReport is what a dry run found.
type dryReport struct {
	Rows    int              `json:"rows"`
	Good    int              `json:"good"`
	Refused []ledger.Refusal `json:"refused"`
	More    int              `json:"more_refused,omitempty"`
	Tables  []ledger.Table   `json:"tables"`
}

// dryRun reads a ledger and prints how it was understood.
func (c *console) dryRun(r *ledger.Reader) error {
	found := dryReport{Refused: []ledger.Refusal{}}
	for {
		_, refused, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		found.Rows++
		switch {
		case refused == nil:
			found.Good++
		case len(found.Refused) < ledger.MostRefused:
			refused.Message = refused.In(c.lang)
			found.Refused = append(found.Refused, *refused)
		default:
			found.More++
		}
	}
	found.Tables = r.Tables()
	err := c.answer(found, func() error { return c.printDry(found) })
	if err == nil && found.Rows > 0 && found.Good == 0 {
		return errBroken
	}
	return err
}

func (c *console) printDry(d dryReport) error {
	titles := map[string]string{}
	for i, name := range ledger.Columns() {
		titles[name] = ledger.Titles(c.lang)[i]
	}
	for _, t := range d.Tables {
		where := fmt.Sprintf(c.t("表头在第%d行", "header on line %d"), t.Line)
		if t.Sheet != "" {
			where = t.Sheet + ": " + where
		}
		rows := [][]string{{c.t("列", "column"), c.t("识别为", "understood as"), c.t("非空", "filled"), c.t("示例", "sample")}}
		for _, col := range t.Columns {
			means := titles[col.Means]
			switch col.Means {
			case ledger.Ignore:
				means = c.t("（略过）", "(left aside)")
			case "":
				means = c.t("？未识别", "? not understood")
			}
			sample := col.Sample
			if len(col.Words) > 0 {
				sample = c.t("不识别的词：", "not understood: ") + strings.Join(col.Words, ", ")
			}
			rows = append(rows, []string{col.Header, means, fmt.Sprint(col.Filled), sample})
		}
		if err := c.say("%s\n%s", where, fitted(rows)); err != nil {
			return err
		}
	}
	if err := c.say(c.t("共%d行，可录入%d行，有误%d行", "%d rows: %d can go in, %d are refused"), d.Rows, d.Good, d.Rows-d.Good); err != nil {
		return err
	}
	return c.printRefused(d.Refused, d.More)
}

func (c *console) printImport(r ledger.Report) error {
	err := c.say(c.t("共%d行：录入%d，原有%d，未录入%d", "%d rows: %d imported, %d in already, %d refused"),
		r.Rows, r.Imported, r.Already, len(r.Refused)+r.More)
	if err == nil && r.Undated > 0 {
		err = c.say(c.t("其中%d行没有日期，其办理过程记为导入当日", "%d of them have no date: what they tell is dated today"), r.Undated)
	}
	if err == nil && len(r.Ignored) > 0 {
		err = c.say("%s: %s", c.t("未采用的列", "columns left aside"), strings.Join(r.Ignored, ", "))
	}
	if err != nil {
		return err
	}
	return c.printRefused(r.Refused, r.More)
}

func (c *console) printRefused(refused []ledger.Refusal, more int) error {
	if len(refused) == 0 {
		return nil
	}
	rows := [][]string{{c.t("行", "line"), c.t("代码", "code"), c.t("原因", "why")}}
	for _, r := range refused {
		line := fmt.Sprint(r.Line)
		if r.Sheet != "" {
			line = r.Sheet + "!" + line
		}
		rows = append(rows, []string{line, r.Code, r.In(c.lang)})
	}
	if err := c.say("\n%s", strings.TrimRight(fitted(rows), "\n")); err != nil || more == 0 {
		return err
	}
	return c.say(c.t("另有%d行未录入", "and %d rows more"), more)
}
