package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/examples/ledger"
)

// The form of the proposal system of 常宁: known Chinese names, and one column
// more than ours.
func TestAListWithChineseColumnNamesIsRead(t *testing.T) {
	l, err := ledger.Read([]byte("提案号,案由,主办单位,会办单位,提案类型,收到提案时间,审查意见\n" +
		"14,关于完善我市社保服务体系的建议,市人社局,市财政局,委员提案,2019-01-15,立案\n"))
	require.NoError(t, err)
	require.Empty(t, l.Refused)
	require.Equal(t, []string{"审查意见"}, l.Ignored)
	row := l.Rows[0]
	require.Equal(t, "14", row.Number)
	require.Equal(t, "关于完善我市社保服务体系的建议", row.Title)
	require.Equal(t, "市人社局", row.LeadUnit)
	require.Equal(t, []string{"市财政局"}, row.CoUnits)
	require.Equal(t, "member", row.ProposerKind)
	require.Equal(t, "2019-01-15", row.Submitted.Format(time.DateOnly))
}

func TestOnlyATitleIsNeeded(t *testing.T) {
	l, err := ledger.Read([]byte("title,number,lead_unit\n关于某事的建议,1,市教育局\n"))
	require.NoError(t, err)
	require.Empty(t, l.Refused)
	require.Len(t, l.Rows, 1)
}

// Dates as the systems of 慈溪 and 渝北 write them, and people and spreadsheets.
func TestDatesAreReadAsSystemsWriteThem(t *testing.T) {
	for printed, want := range map[string]string{
		"2017-04-18 00:44:26": "2017-04-18", "2017年6月22日": "2017-06-22", "2017/6/22": "2017-06-22", "2017.6.22": "2017-06-22",
		"1494898504": "2017-05-16", "42908": "2017-06-22", "2017-06-21T20:00:00Z": "2017-06-22", "２０１７－０６－２２": "2017-06-22",
	} {
		l, err := ledger.Read([]byte("title,replied\n关于某事的建议," + printed + "\n"))
		require.NoError(t, err)
		require.Empty(t, l.Refused, printed)
		require.Equal(t, want, l.Rows[0].Replied.Format(time.DateOnly), printed)
	}
	for _, printed := range []string{"2017", "20170622", "2017-02-30", "2017年13月1日", "-1", "99999999999", "昨天"} {
		l, err := ledger.Read([]byte("title,replied\n关于某事的建议," + printed + "\n"))
		require.NoError(t, err)
		require.Len(t, l.Refused, 1, printed)
	}
}

// Words of coded fields, of 慈溪, 渝北 and a Django system.
func TestWordsOfCodedFieldsAreRead(t *testing.T) {
	for word, want := range map[string]string{
		"委员": "member", "个人": "member", "联名提案": "joint", "党派": "party", "党派团体": "collective", "集体": "collective", "member": "member",
	} {
		l, err := ledger.Read([]byte("title,proposer_kind,key,level\n关于某事的建议," + word + ",是,县级\n"))
		require.NoError(t, err)
		require.Empty(t, l.Refused, word)
		require.Equal(t, []any{want, true, "county"}, []any{l.Rows[0].ProposerKind, l.Rows[0].Key, l.Rows[0].Level})
	}
	l, err := ledger.Read([]byte("title,key\n" + "关于某事的建议,否\n"))
	require.NoError(t, err)
	require.False(t, l.Rows[0].Key)
}
