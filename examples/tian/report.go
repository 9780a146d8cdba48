package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/report"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/store"
)

// reportFlags are what tian report is asked.
type reportFlags struct {
	db, out, lang, name, merging string
	year                         int
	members                      int64
}

func reportCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "report --db DSN --out FILE.html|FILE.xlsx",
		Short:   c.t("生成年度报告，页面或电子表格", "Write the annual report of a database, as a page or a spreadsheet"),
		Example: "  tian report --db tian.db --out report.html\n  tian report --db tian.db --out report.xlsx --year 2024 --lang zh",
		Long: c.t(`逐件统计数据库中的提案，写出年度报告：处理结果、类别、提案者、承办单位、答复、评议、时限、用时和超期清单。每个百分比旁都有件数和基数。

扩展名为 .html 的是一个不联网的页面，可用 A4 纸打印；.xlsx 有同样的表和每个数字背后的提案。给出 --year 则只报告该年的提案，并与上年对照。统计完成后才写文件，在此之前原有文件不变。`,
			`Report counts every proposal of a database once and writes the annual report:
outcomes, categories, proposers, units, answers, opinions, limits, days taken and
what is overdue. Every percentage stands beside its count and its base.

A file named .html is one page that loads nothing and prints on A4; one named
.xlsx has the same tables, and the cases behind each figure. With --year only the
proposals of that year are reported, beside those of the year before. The file is
written when all is counted: what was there before stays until then.`),
		Args: cobra.NoArgs,
	}
	f := new(reportFlags)
	db := databaseFlag(cmd, "")
	cmd.Flags().StringVar(&f.out, "out", "", c.t("写入的文件：.html 或 .xlsx", "the file to write: .html or .xlsx"))
	cmd.Flags().StringVar(&f.lang, "lang", "zh", c.t("报告的语言：zh 或 en", "the language of the report: zh or en"))
	cmd.Flags().StringVar(&f.name, "name", "", c.t("政协名称，用于标题", "the name of the conference, for the title"))
	cmd.Flags().IntVar(&f.year, "year", 0, c.t("报告的年份；0 表示全部", "the year to report on; 0: all of them"))
	cmd.Flags().StringVar(&f.merging, "merging", string(statistics.Beside), c.t("并案口径：beside 与立案并列，inside 计入立案，after 立案按并案前、办理按并案后",
		"how merged proposals count: beside the filed, inside them, or after (filed before merging, handled after)"))
	cmd.Flags().Int64Var(&f.members, "members", 0, c.t("委员总数；给出则列出委员参与情况", "how many members the conference has; then those who took part are listed"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f.db = *db
		return c.report(cmd.Context(), *f)
	}
	return cmd
}

func (c *console) report(ctx context.Context, f reportFlags) error {
	var write func(*report.Report, io.Writer) error
	switch ext := strings.ToLower(filepath.Ext(f.out)); ext {
	case ".html", ".htm":
		write = (*report.Report).HTML
	case ".xlsx":
		write = (*report.Report).XLSX
	default:
		return said("--out：“%s”须以 .html 或 .xlsx 结尾", "--out: %q ends neither in .html nor in .xlsx", f.out)
	}
	return withDatabase(ctx, f.db, false, func(st database) error {
		return replaceFile(f.out, func(w io.Writer) error {
			r, err := c.gather(ctx, st, f)
			if err != nil {
				return err
			}
			return write(r, w)
		})
	})
}

func (c *console) gather(ctx context.Context, st store.Store, f reportFlags) (*report.Report, error) {
	svc, err := ledger.Service(st)
	if err != nil {
		return nil, err
	}
	o := report.Options{
		Language: report.Language(f.lang), Body: f.name, At: time.Now(), Merging: statistics.Merging(f.merging), Histories: true,
		Take: ledger.Counts, Members: f.members,
	}
	if f.year != 0 {
		o.Period = map[string]string{"zh": fmt.Sprintf("%d年度", f.year), "en": strconv.Itoa(f.year)}[f.lang]
		year := statistics.YearOf(svc.Tree().Zone)
		of := func(n int) func(*proposal.Proposal) bool {
			return func(p *proposal.Proposal) bool { return ledger.Counts(p) && year(p) == strconv.Itoa(n) }
		}
		o.Take, o.Last = of(f.year), of(f.year-1)
	}
	count, end := c.reading()
	o.Progress = count
	r, err := report.Gather(ctx, svc, o)
	end(err == nil)
	return r, err
}

// reading tells on standard error how many proposals have been read: as a bar
// where a person looks on, else in a line at the end.
func (c *console) reading() (count func(n int), end func(all bool)) {
	shown, finish := c.progress(c.t("读取", "reading"), -1)
	read := 0
	return func(n int) { read = n; shown(n) }, func(all bool) {
		finish()
		if all {
			_, _ = fmt.Fprintf(c.err, c.t("已读取%d件\n", "%d cases read\n"), read) // there is nowhere else to say it
		}
	}
}

// replaceFile writes a file whole, or leaves what was there.
func replaceFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tian-*")
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil { // a report is for others to read
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return errors.Join(fmt.Errorf("--out: %w", err), os.Remove(f.Name()))
	}
	return nil
}
