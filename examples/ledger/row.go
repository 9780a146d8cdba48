package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"github.com/tian-go/tian/proposal/text"
)

// Row is one proposal of a ledger, as printed. Empty means not printed.
type Row struct {
	Line int // of the file on which the row begins, from 1

	Place        string // whose conference it was made to
	Level        string // national, provincial, prefecture, county
	Session      string // 届次
	Year         int    // of the session, or of the reply or the page where only those have one; 0: not printed
	Number       string // 案号, with its leading zeros
	Title        string
	Category     string // 类别
	ProposerKind string // a key of proposal.ProposerKind
	ProposerOrg  string
	LeadUnit     string   // 主办
	CoUnits      []string // 会办, 协办; without a lead: units whose roles are not printed
	Class        string   // 答复类别
	Opinion      string   // 评议意见
	Submitted    time.Time
	Assigned     time.Time
	Replied      time.Time
	Key          bool // 重点提案
	Source       string

	fields []string // as read, in the order of Columns
}

// Columns returns the names of a ledger's columns, as its header has them.
func Columns() []string {
	return []string{
		"place", "level", "session", "year", "number", "title", "category", "proposer_kind", "proposer_org",
		"lead_unit", "co_units", "answer_class", "opinion", "submitted", "assigned", "replied", "key", "source",
	}
}

// known returns the days that the row states, in the order in which they have to
// be.
func (r Row) known() []time.Time {
	return slices.DeleteFunc([]time.Time{r.Submitted, r.Assigned, r.Replied}, time.Time.IsZero)
}

// ID names the row by its content: the same row in another file, or on another
// line, has the same.
func (r Row) ID() string {
	h := sha256.New()
	for _, f := range r.fields {
		h.Write([]byte(strconv.Itoa(len(f)) + ":" + f)) // a hash never fails to write
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

// Refusal says why a row is not in, and where it stands.
type Refusal struct {
	Line    int    `json:"line"`
	Code    string `json:"code"` // column_fault, such as title_empty; "row_…" is about the whole row
	Message string `json:"message"`
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
