package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/ledger"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The year of a body, with one station that has held nothing of the four it is asked
// for, as the office's spreadsheet opens it.
func Example() {
	ctx := context.Background()
	now := time.Date(2024, time.June, 30, 2, 0, 0, 0, time.UTC)
	svc, err := consult.New(memory.New(), workflow.WithNow(func() time.Time { return now }), workflow.WithIDs(func() string { return "p-1" }))
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err = svc.Establish(ctx, office, platform.Establish{
		Name: "委员工作站", Kind: rules.KindStation, Tier: platform.Town, Unit: "站", Since: date("2024-01-01"), Quota: rules.Quota{N: 4, Per: rules.PerYear},
	}); err != nil {
		fmt.Println(err)
		return
	}
	var file strings.Builder
	year, words, err := ledger.Gather(ctx, svc, "county", date("2024-06-30"))
	if err == nil {
		err = ledger.WriteCSV(&file, "zh", words, year, ledger.Platforms)
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(strings.TrimPrefix(file.String(), "\ufeff")) // the mark by which spreadsheets know UTF-8
	// Output:
	// 平台名称,平台类别,运行中,定额次数,定额周期,已召开,日期不详,全年任务,应完成,欠完成,所属政协,平台编号
	// 委员工作站,委员工作站,是,4,每年,0,0,4,2,2,county,p-1
}
