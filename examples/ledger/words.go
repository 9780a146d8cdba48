package ledger

import (
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/text"
)

// columnNamed returns the column that a header means: by its own name or by one
// of those that offices print, "" for none of ours.
func columnNamed(header string) string {
	header = text.Fold(header)
	for _, name := range Columns() {
		if header == name {
			return name
		}
	}
	switch header {
	case "地区", "地方":
		return "place"
	case "层级", "级别":
		return "level"
	case "届次":
		return "session"
	case "年份", "年度":
		return "year"
	case "案号", "提案号", "提案编号":
		return "number"
	case "案由", "题目", "标题", "提案题目", "提案标题", "提案名称":
		return "title"
	case "类别", "提案类别":
		return "category"
	case "提案分类", "提案类型", "提案者类别":
		return "proposer_kind"
	case "提案单位":
		return "proposer_org"
	case "主办单位", "承办单位", "主办":
		return "lead_unit"
	case "协办单位", "会办单位", "协办", "会办":
		return "co_units"
	case "答复类别", "办理结果", "类别标记":
		return "answer_class"
	case "评议意见", "评价", "满意度":
		return "opinion"
	case "提交时间", "提交日期", "收到提案时间":
		return "submitted"
	case "交办时间", "交办日期":
		return "assigned"
	case "答复时间", "答复日期", "办复时间", "办复日期":
		return "replied"
	case "重点提案", "是否重点", "是否重点提案":
		return "key"
	case "来源":
		return "source"
	}
	return ""
}

// kindNamed returns the kind of proposer that a word means, or the word itself.
func kindNamed(word string) string {
	switch strings.TrimSuffix(word, "提案") {
	case "委员", "个人", "委员个人":
		return string(proposal.Member)
	case "联名", "委员联名":
		return string(proposal.Joint)
	case "党派", "民主党派":
		return string(proposal.Party)
	case "人民团体", "团体":
		return string(proposal.Organisation)
	case "专委会", "专门委员会":
		return string(proposal.Committee)
	case "界别":
		return string(proposal.Sector)
	case "委员小组", "小组":
		return string(proposal.Group)
	case "集体", "党派团体":
		return string(proposal.Collective)
	}
	return word
}

// levelNamed returns the level that a word means, or the word itself.
func levelNamed(word string) string {
	switch word {
	case "全国", "国家级":
		return "national"
	case "省级", "自治区", "直辖市":
		return "provincial"
	case "市级", "地市级", "设区的市":
		return "prefecture"
	case "县级", "区级", "区县", "县区":
		return "county"
	}
	return word
}

// yesOrNo returns "yes" or "no" for the words that offices print, or the word
// itself.
func yesOrNo(word string) string {
	switch word {
	case "是", "√", "1":
		return "yes"
	case "否", "×", "0":
		return "no"
	}
	return word
}

// parseDay reads a day as the systems of offices write it: 2017-04-18, with a
// time of day behind it or not, 2017年6月22日, 2017/6/22, 2017.6.22, seconds since
// 1970, or the number of the day in a spreadsheet.
func parseDay(s string) (time.Time, bool) {
	s = text.Fold(s)
	for _, layout := range []string{
		time.DateOnly, time.DateTime, "2006-01-02 15:04", "2006-1-2", "2006年1月2日", "2006/1/2", "2006/1/2 15:04:05", "2006/1/2 15:04", "2006.1.2",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return dayOf(t)
		}
	}
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(s)); err == nil {
		return dayOf(t.In(beijing()))
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case n >= 30_000 && n < 60_000: // 1982 to 2064, counted from 30 December 1899
		return dayOf(time.Date(1899, 12, 30+int(n), 0, 0, 0, 0, time.UTC))
	case n >= 500_000_000 && n < 4_000_000_000: // 1985 to 2096
		return dayOf(time.Unix(n, 0).In(beijing()))
	}
	return time.Time{}, false
}

// dayOf returns the day alone, if it is one on which a proposal can have been.
func dayOf(t time.Time) (time.Time, bool) {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC), year >= 1949 && year < 2100
}
