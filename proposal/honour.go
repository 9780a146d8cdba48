package proposal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Honour (表彰) is a distinction, such as 优秀提案.
type Honour struct {
	Title string    `json:"title"`
	Year  int       `json:"year,omitempty"`
	At    time.Time `json:"at"`
}

// Nomination (推荐评优) puts a proposal up for a distinction. Who gets it of those
// nominated, package proposal/honours selects.
type Nomination struct {
	Title  string    `json:"title"`
	Year   int       `json:"year,omitempty"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// Nominate puts the proposal up for a distinction.
type Nominate struct {
	Title  string `json:"title" zh:"名称" en:"title" field:"required"`
	Year   int    `json:"year,omitempty" zh:"年份" en:"year"`
	Reason string `json:"reason" zh:"推荐理由" en:"reason" field:"text,required"`
}

// Event is "nominate".
func (Nominate) Event() string { return "nominate" }

// Apply adds the nomination.
func (a Nominate) Apply(act *Act, p *Proposal) error {
	if err := checkHonour(a.Title, a.Year); err != nil {
		return err
	}
	if err := needText("reason", a.Reason, "推荐须有理由", "a nomination needs a reason"); err != nil {
		return err
	}
	if p.nominated(a.Title, a.Year) {
		return workflow.Invalid("title", "duplicate", "已推荐%q", "it has been nominated for %q", a.Title)
	}
	p.Nominations = append(p.Nominations, Nomination{Title: a.Title, Year: a.Year, Reason: a.Reason, At: act.At, By: act.Actor.ID})
	return nil
}

// GiveHonour gives the proposal a distinction.
type GiveHonour struct {
	Title string `json:"title" zh:"名称" en:"title" field:"required"`
	Year  int    `json:"year,omitempty" zh:"年份" en:"year"`
}

// Event is "honour".
func (GiveHonour) Event() string { return "honour" }

func (a GiveHonour) distinction() (title string, year int) { return a.Title, a.Year }

// Apply adds it.
func (a GiveHonour) Apply(act *Act, p *Proposal) error {
	if err := checkHonour(a.Title, a.Year); err != nil {
		return err
	}
	p.Honours = append(p.Honours, Honour{Title: a.Title, Year: a.Year, At: act.At})
	return nil
}

func checkHonour(title string, year int) error {
	if err := needLine("title", title, "表彰须有名称", "an honour has a name"); err != nil {
		return err
	}
	return checkYear("year", year)
}

func (p *Proposal) nominated(title string, year int) bool {
	return slices.ContainsFunc(p.Nominations, func(n Nomination) bool {
		return strings.TrimSpace(n.Title) == strings.TrimSpace(title) && n.Year == year
	})
}

// wasNominated asks that a distinction goes to what was put up for it.
func wasNominated(act *Act, p *Proposal) []workflow.Blocker {
	type giving interface {
		distinction() (title string, year int)
	}
	return looked(act, "无法检查这一操作所给的表彰", "what %T honours with cannot be told", func(honour giving) []workflow.Blocker {
		if title, year := honour.distinction(); !p.nominated(title, year) {
			return block("not_nominated", fmt.Sprintf("未经推荐“%s”", title), fmt.Sprintf("it was not nominated for %q", title))
		}
		return nil
	})
}
