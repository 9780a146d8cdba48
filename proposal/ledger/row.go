package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/text"
)

// Row is one proposal of a ledger, as printed. Empty means not printed.
type Row struct {
	Sheet string // of a workbook
	Line  int    // of the file on which the row begins, or of the sheet, from 1

	Place         string // whose conference it was made to
	Level         string // national, provincial, prefecture, county
	Session       string // 届次
	Year          int    // of the session, or of the reply or the page where only those have one; 0: not printed
	Number        string // 案号, with its leading zeros
	Title         string
	Category      string // 类别
	ProposerKind  string // a key of proposal.ProposerKind
	ProposerOrg   string
	LeadUnit      string   // 主办
	CoUnits       []string // 会办, 协办; without a lead: units whose roles are not printed
	Class         string   // 答复类别
	Opinion       string   // 评议意见
	Submitted     time.Time
	Assigned      time.Time
	Replied       time.Time
	Key           bool // 重点提案
	Source        string
	Outcome       string   // of the review (立案情况): one of the Outcome constants
	SeparateUnits []string // 分办
	Cosigners     []string // 联名人, 附议人
	Attitude      string   // 态度满意度: the opinion on the attitude
	Timing        string   // 大会、平时: a proposal.Timing
	Published     string   // 是否公开, as printed: it publishes nothing
	Document      string   // 文号, of the reply
	Signer        string   // 签发人, of the reply
	Promised      string   // 落实时限, as printed

	header, cells []string // as read
}

// The outcomes of a review that a ledger can print.
const (
	OutcomeFile     = "file"     // 立案
	OutcomeMerge    = "merge"    // 并案: into which is not printed
	OutcomeRefuse   = "refuse"   // 不予立案
	OutcomeRefer    = "refer"    // 不立案，转意见
	OutcomeReturn   = "return"   // 不立案，退回
	OutcomeWithdraw = "withdraw" // 撤案
	OutcomeSettle   = "settle"   // 会间解决
	OutcomePending  = "pending"  // 待审: it stays in review
)

// Columns returns the names of a ledger's columns, as its header has them.
func Columns() []string {
	return []string{
		"place", "level", "session", "year", "number", "title", "category", "proposer_kind", "proposer_org",
		"lead_unit", "co_units", "answer_class", "opinion", "submitted", "assigned", "replied", "key", "source",
		"outcome", "separate_units", "cosigners", "attitude", "timing", "published", "document", "signer", "promised",
	}
}

// record is the row in the order of Columns.
func (r Row) record() []string {
	year, key := "", ""
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	if r.Key {
		key = "yes"
	}
	return []string{
		r.Place, r.Level, r.Session, year, r.Number, r.Title, r.Category, r.ProposerKind, r.ProposerOrg,
		r.LeadUnit, strings.Join(r.CoUnits, ";"), r.Class, r.Opinion, date(r.Submitted), date(r.Assigned), date(r.Replied), key, r.Source,
		r.Outcome, strings.Join(r.SeparateUnits, ";"), strings.Join(r.Cosigners, ";"),
		r.Attitude, r.Timing, r.Published, r.Document, r.Signer, r.Promised,
	}
}

// known returns the days that the row states, in the order in which they have to
// be.
func (r Row) known() []time.Time {
	return slices.DeleteFunc([]time.Time{r.Submitted, r.Assigned, r.Replied}, time.Time.IsZero)
}

// ID names the row by its content: the same row in another file, of another kind
// or with other columns beside, or on another line, has the same.
func (r Row) ID() string {
	h := sha256.New()
	for i, f := range r.record() {
		if f != "" {
			h.Write([]byte(strconv.Itoa(i) + ":" + strconv.Itoa(len(f)) + ":" + f)) // a hash never fails to write
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Body is the ID of the conference that the row belongs to: its level and its
// place.
func (r Row) Body() string { return levelBody(r.Level) + "/" + or(r.Place, "unstated") }

// term is what numbers are counted within.
func (r Row) term() string {
	if r.Session == "" && r.Year != 0 {
		return strconv.Itoa(r.Year)
	}
	return text.SessionKey(r.Session)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
