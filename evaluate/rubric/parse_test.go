package rubric_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// TestParseSaysWhatIsWrong by code, and wraps the sentinel that fits.
func TestParseSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"name":"x","colour":"x"}`: problem.Syntax, `{"name":"x","name":"y"}`: problem.Syntax,
		`{"full":"1000000000000000"}`: problem.Overflow, `[]`: problem.Syntax, ``: problem.Syntax,
	} {
		_, err := rubric.Parse([]byte(text))
		var ps problem.List
		require.ErrorAs(t, err, &ps, text)
		require.Equal(t, want, ps[0].Code, text)
		require.ErrorIs(t, err, points.ErrInvalid)
		if want == problem.Overflow {
			require.ErrorIs(t, err, points.ErrOverflow)
		}
	}
}

func ExampleParse() {
	r, err := rubric.Parse([]byte(`{"name":"handling","version":1,"title":{"zh":"办理考核"},"full":100,
		"criteria":[{"key":"contact","points":100,"fact":"contact_rate","rule":{"shortfall":{"per_point":1}}}]}`))
	fmt.Println(r.Name, r.Full, r.Criteria[0].Rule.Shortfall.PerPoint, err)
	_, err = rubric.Parse([]byte(`{"name":"handling","vresion":1}`))
	fmt.Println(err)
	// Output:
	// handling 100 1 <nil>
	// evaluate: invalid: unknown field "vresion" (syntax)
}
