package ledger_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

// What is imported and exported again is what it was.
func TestAnExportedLedgerIsTheOneImported(t *testing.T) {
	l := read(t, ledger.Sample())
	l.Rows = append(l.Rows, read(t, []byte("案由,案号,审查意见,联名人,主办单位,分办单位,满意度\n甲,7,不予立案,张、李,,,\n乙,8,立案,,,,\n丙,9,,,甲局,乙局,满意\n丁,,并案,,,,\n")).Rows...)
	l.Rows = append(l.Rows, read(t, []byte("案由,案号,立案情况,主办单位,满意度,态度满意度,大会/平时,是否公开,文号,签发人,落实时限\n"+
		"戊,11,立案,甲局,满意,基本满意,大会,主动公开,甲函[2023]第05号,张三,2023年底前\n己,12,立案,甲局、乙局,较好,好,闭会期间,否,甲函〔2023〕6号,李四,\n"+
		"庚,13,,甲局,满意,好,,,,,\n辛,14,,甲局,,满意,,,,,\n壬,15,会间解决,,,,,,,,\n癸,16,待审,,,,,,,,\n子,17,立案,,,,,,甲函〔2023〕7号,,\n")).Rows...)
	_, svc, _ := takenFrom(t, l)
	want := map[string]ledger.Row{}
	for _, r := range l.Rows {
		want[r.ID()] = r
	}
	n := 0
	for row, err := range ledger.Rows(context.Background(), svc.All(), workflow.Query{}) {
		require.NoError(t, err)
		require.Contains(t, want, row.ID(), "%+v", row)
		n++
	}
	require.Equal(t, len(l.Rows), n)
}

func TestAnExportEndsWhereItsReaderDoes(t *testing.T) {
	_, svc, _ := taken(t, csvRow("title", "a")+csvRow("title", "b"))
	for _, err := range ledger.Rows(context.Background(), svc.All(), workflow.Query{}) {
		require.NoError(t, err)
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var b strings.Builder
	require.ErrorIs(t, ledger.WriteCSV(&b, "zh", ledger.Rows(ctx, svc.All(), workflow.Query{})), context.Canceled)
}

// What the public may not see is in no export for it.
func TestAnExportForThePublicShowsWhatThePublicSees(t *testing.T) {
	_, svc, _ := taken(t, csvRow("title", "未公开的提案", "proposer_org", "某某"))
	var b strings.Builder
	require.NoError(t, ledger.WriteCSV(&b, "zh", ledger.Rows(context.Background(), svc.As(proposal.Actor{}), workflow.Query{})))
	require.NotContains(t, b.String(), "某某")
}
