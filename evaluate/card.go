package evaluate

import "github.com/tian-go/tian/evaluate/points"

// Card (考核卡) is everything handed in about one subject under one sheet.
type Card struct {
	// ID names the card in outcomes and errors.
	ID string `json:"id"`
	// Subject is who or what is scored; League (组别) is whom it is ranked
	// among, such as counties apart from departments.
	Subject string `json:"subject"`
	League  string `json:"league,omitempty"`
	// Decided is set once the ballots of a blind sheet may be opened.
	Decided bool            `json:"decided,omitempty"`
	Facts   map[string]Fact `json:"facts,omitempty"`
	Ballots []Ballot        `json:"ballots,omitempty"`
	// Sessions has the counts of each group's vote.
	Sessions map[string]Session `json:"sessions,omitempty"`
	// Aggregates stands in for the ballots of a group, by criterion: published
	// sums, or what a Stream has added up.
	Aggregates map[string]map[string]Aggregate `json:"aggregates,omitempty"`
	// Nested has the cards of nested rubrics, by the criterion's Fact.
	Nested map[string]Card `json:"nested,omitempty"`
}

// Session (测评会) has the counts of one vote: those expected and present
// (应到, 实到), ballots issued and returned (发出, 收回). A vote with more
// ballots returned than issued is void. Absent counts are unknown, not zero.
type Session struct {
	Expected *int64 `json:"expected,omitempty"`
	Present  *int64 `json:"present,omitempty"`
	Issued   *int64 `json:"issued,omitempty"`
	Returned *int64 `json:"returned,omitempty"`
}

// Aggregate is the marks of one group on one criterion, added up: enough for a
// mean, a sum, and either with one extreme dropped at each end. Sums are exact,
// so parts merge to the same bits in any order. The zero value is no marks.
type Aggregate struct {
	Count int64         `json:"count"`
	Sum   points.Points `json:"sum"`
	Min   points.Points `json:"min"`
	Max   points.Points `json:"max"`
	// The missing marks, by kind.
	Abstain  int64 `json:"abstain,omitempty"`
	DontKnow int64 `json:"dont_know,omitempty"`
	Recused  int64 `json:"recused,omitempty"`
	NotDue   int64 `json:"not_due,omitempty"`
}
