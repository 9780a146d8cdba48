package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/strict"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Ballot (测评票) is one evaluator's marks for one subject. Ballots are never
// edited: a later one of the same evaluator with a higher Revision supersedes
// the earlier, which stays on the card.
type Ballot struct {
	// ID is unique on the card.
	ID    string `json:"id"`
	Group string `json:"group"`
	// Evaluator is empty for anonymous ballots, which cannot be revised.
	Evaluator string `json:"evaluator,omitempty"`
	Revision  int    `json:"revision,omitempty"`
	// Missing, when set, is the answer to every criterion; Marks is then empty.
	Missing rubric.Missing  `json:"missing,omitempty"`
	Marks   map[string]Mark `json:"marks,omitempty"`
}

// Mark is what a ballot says on one criterion: points, a grade, a grade with
// points inside its range, or the reason there is none. The zero value is
// 0 points.
type Mark struct {
	points  points.Points
	grade   string
	missing rubric.Missing
	graded  graded
}

type graded uint8

const (
	pointsOnly graded = iota
	gradeOnly
	gradeAndPoints
)

// MarkPoints is a mark of p points.
func MarkPoints(p points.Points) Mark { return Mark{points: p} }

// MarkGrade is a mark of one of the criterion's grades or choices.
func MarkGrade(key string) Mark { return Mark{grade: key, graded: gradeOnly} }

// MarkGradePoints is a grade with points inside the range of that grade.
func MarkGradePoints(key string, p points.Points) Mark {
	return Mark{grade: key, points: p, graded: gradeAndPoints}
}

// MarkMissing is no mark, for a reason.
func MarkMissing(why rubric.Missing) Mark { return Mark{missing: why} }

// Points gives the points, and whether the mark has any.
func (m Mark) Points() (points.Points, bool) {
	return m.points, m.missing == "" && m.graded != gradeOnly
}

// Grade gives the grade, or "".
func (m Mark) Grade() string { return m.grade }

// Missing gives the reason there is no mark, or "".
func (m Mark) Missing() rubric.Missing { return m.missing }

// MarshalJSON writes points and grades as strings, a ranged grade as an object.
func (m Mark) MarshalJSON() ([]byte, error) {
	switch {
	case m.missing != "":
		return json.Marshal(string(m.missing))
	case m.graded == gradeOnly:
		return json.Marshal(m.grade)
	case m.graded == gradeAndPoints:
		return json.Marshal(markJSON{Grade: m.grade, Points: &m.points})
	}
	return m.points.MarshalJSON()
}

type markJSON struct {
	Grade  string         `json:"grade"`
	Points *points.Points `json:"points"`
}

// UnmarshalJSON reads 9.5, "9.5", "good", "abstain" or
// {"grade":"good","points":9.5}. null is refused: an absent mark has a reason.
func (m *Mark) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) > 0 && data[0] == '{':
		var w markJSON
		if err := strict.Decode(data, &w); err != nil {
			return err
		}
		if w.Grade == "" || w.Points == nil {
			return fmt.Errorf("%w: a mark object has grade and points", points.ErrInvalid)
		}
		*m = MarkGradePoints(w.Grade, *w.Points)
		return nil
	case bytes.Equal(data, []byte("null")):
		return fmt.Errorf("%w: null is no mark; say abstain, dont_know, recused or not_due", points.ErrInvalid)
	}
	number, text, err := numberOrText(data)
	switch {
	case err != nil:
		return err
	case text == "":
		*m = MarkPoints(number)
	case rubric.Missing(text).Valid():
		*m = MarkMissing(rubric.Missing(text))
	default:
		*m = MarkGrade(text)
	}
	return nil
}

// numberOrText reads a JSON number or a string; a string that starts like a
// number must be one. text is empty for a number.
func numberOrText(data []byte) (number points.Points, text string, err error) {
	s := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &s); err != nil {
			return 0, "", fmt.Errorf("%w: %w", points.ErrInvalid, err)
		}
		if s == "" {
			return 0, "", fmt.Errorf("%w: the text is empty", points.ErrInvalid)
		}
		if c := s[0]; c != '-' && c != '+' && c != '.' && (c < '0' || c > '9') {
			return 0, s, nil
		}
	}
	number, err = points.Parse(s)
	return number, "", err
}
