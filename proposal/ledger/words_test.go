package ledger_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/ledger"
)

// The form of the proposal system of 常宁: known Chinese names, and one column
// more than ours.
func TestAListWithChineseColumnNamesIsRead(t *testing.T) {
	l, err := ledger.Read([]byte("提案号,案由,主办单位,会办单位,提案类型,收到提案时间,审查意见\n" +
		"14,关于完善我市社保服务体系的建议,市人社局,市财政局,委员提案,2019-01-15,立案\n"))
	require.NoError(t, err)
	require.Empty(t, l.Refused)
	require.Empty(t, l.Ignored)
	row := l.Rows[0]
	require.Equal(t, ledger.OutcomeFile, row.Outcome)
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
		"20170622": "2017-06-22", "2017-6-2": "2017-06-02", "2017年06月22日 15:04": "2017-06-22", "2017年6月22日15时04分": "2017-06-22",
		"2017 年 6 月 22 日": "2017-06-22", "2017。6。22": "2017-06-22", "2017．6．22": "2017-06-22", "2017年6月22号": "2017-06-22",
		"二〇一七年六月二十二日": "2017-06-22", "二○一七年十月一日": "2017-10-01", "2017-06-22 上午": "2017-06-22", "2017年6月22日（星期四）": "2017-06-22",
		"2017-06-22T10:00:00": "2017-06-22", "2017-06-22 09:05:07.0": "2017-06-22", "2017-06-21T20:00:00.000+00:00": "2017-06-22",
		"1494898504000": "2017-05-16", "2017–06–22": "2017-06-22", "2017/6/22 8:05": "2017-06-22", "2017.6.22 8:05 PM": "2017-06-22",
	} {
		l, err := ledger.Read([]byte("title,replied\n关于某事的建议," + printed + "\n"))
		require.NoError(t, err)
		require.Empty(t, l.Refused, printed)
		require.Equal(t, want, l.Rows[0].Replied.Format(time.DateOnly), printed)
	}
	for _, printed := range []string{"2017", "2017-06", "6/22/2017", "17-06-22", "20170631", "2017-02-30", "2017年6月31日", "2017-06-22 25:00", "2017-06-22 约", "2017年13月1日", "-1", "99999999999", "昨天"} {
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
	for word, want := range map[string]bool{"✓": true, "重点督办": true, "\"重点提案备选、多年重复\"": false, "\"多年重复,重点督办\"": true, "无": false, "一般提案": false} {
		l := read(t, []byte("案由,性质\n甲,"+word+"\n"))
		require.Empty(t, l.Refused, word)
		require.Equal(t, want, l.Rows[0].Key, word)
	}
	require.Equal(t, "outcome_several", read(t, []byte("案由,立案情况\n甲,立案、并案\n")).Refused[0].Code)
}

// Headers as offices fill them: with blanks and line ends to fill the space, marks
// of what has to be filled in, and explanations in brackets.
func TestHeadersAreReadInEverySpelling(t *testing.T) {
	for _, header := range []string{
		"案号,案由,主办单位,协办单位", "提案编号,提案题目,承办单位,会办单位", "案　号,案  由,主 办 单 位,协办 单位", "\"案\n号\",案由,\"主办\n单位\",协办单位",
		"*案号,案由*,主办单位：,★协办单位", "提案号（必填）,案由（题目）,承办单位(主办),协办单位【会办】", "提案序号,提案名称,主办单位名称,协办（会办）单位",
		"立案号,事由,牵头单位,配合单位", "\u200b案号,\ufeff案由,主办部门,协办部门",
	} {
		l := read(t, []byte(header+"\n014,甲,乙局,丙局、丁局\n"))
		require.Empty(t, l.Refused, header)
		require.Empty(t, l.Ignored, header)
		r := l.Rows[0]
		require.Equal(t, []string{"014", "甲", "乙局", "丙局", "丁局"}, append([]string{r.Number, r.Title, r.LeadUnit}, r.CoUnits...), header)
	}
}

// A dash, 无 and the like stand where nothing is printed.
func TestWhatSaysThatNothingIsPrintedIsNothing(t *testing.T) {
	for _, nothing := range []string{"-", "－", "——", "/", "无", "暂无", "NULL", " 无 ", "N/A"} {
		l := read(t, []byte("案由,案号,主办单位,协办单位,交办时间,类别,是否重点,立案情况,满意度,年度\n甲"+strings.Repeat(","+nothing, 9)+"\n"))
		require.Empty(t, l.Refused, nothing)
		r := l.Rows[0]
		require.Equal(t, ledger.Row{Line: 2, Title: "甲"}.ID(), r.ID(), nothing)
	}
	l := read(t, []byte("案由,协办单位,交办时间\n无,\"无、甲局\",0000-00-00 00:00:00\n"))
	require.Equal(t, "无", l.Rows[0].Title, "a title is kept as it is")
	require.Equal(t, []string{"甲局"}, l.Rows[0].CoUnits)
	require.True(t, l.Rows[0].Assigned.IsZero())
}

// Several headers may mean one column, as 承办单位 and 主办单位 do.
func TestColumnsThatMeanTheSameComeTogether(t *testing.T) {
	l := read(t, []byte("案由,案号,提案编号,承办单位,主办单位\n甲,1,,A局,A局\n乙,,2,,B局\n丙,3,3,C局,D局\n丁,4,5,,\n"))
	require.Equal(t, []string{"1", "2", "3"}, []string{l.Rows[0].Number, l.Rows[1].Number, l.Rows[2].Number})
	require.Equal(t, []string{"A局", "B局"}, []string{l.Rows[0].LeadUnit, l.Rows[1].LeadUnit})
	require.Equal(t, []string{"C局", "D局"}, l.Rows[2].SeparateUnits)
	require.Equal(t, "number_twice", l.Refused[0].Code)
	require.Contains(t, l.Refused[0].In("zh"), "“案号”与“提案编号”")
}

func TestTotalsAreNoProposals(t *testing.T) {
	l := read(t, []byte("序号,案由,主办单位\n1,甲,A局\n合　计,1件,\n,总计,1\n"))
	require.Len(t, l.Rows, 1)
	require.Equal(t, []string{"row_total", "row_total"}, []string{l.Refused[0].Code, l.Refused[1].Code})
}
