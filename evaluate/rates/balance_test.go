package rates_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/rates"
)

func TestAShareThatWasTakenAsTheRestIsExplained(t *testing.T) {
	t.Parallel()
	rate := func(label string, count, base int, printed string) string {
		return fmt.Sprintf(`{"label":%q,"count":%d,"base":%d,"printed":%q}`, label, count, base, printed)
	}
	for name, c := range map[string]struct {
		rates string
		rest  []bool
	}{
		"运城 2025": {
			rate("委员", 467, 555, "84.14") + "," + rate("集体", 88, 555, "15.86") + "," + rate("经济", 137, 555, "24.68") + "," + rate("政治", 18, 555, "3.24") + "," +
				rate("文化", 146, 555, "26.31") + "," + rate("社会", 243, 555, "43.78") + "," + rate("生态", 11, 555, "1.99"), []bool{false, false, false, false, false, false, true},
		},
		"in the middle":             {rate("a", 1, 3, "33.3") + "," + rate("b", 1, 3, "33.4") + "," + rate("c", 1, 3, "33.3"), []bool{false, true, false}},
		"not to 100":                {rate("a", 1, 2, "50") + "," + rate("b", 1, 2, "51"), []bool{false, false}},
		"two are wrong":             {rate("a", 1, 3, "33") + "," + rate("b", 1, 3, "32") + "," + rate("c", 1, 3, "35"), []bool{false, false, false}},
		"other bases":               {rate("a", 1, 2, "50") + "," + rate("b", 3, 4, "50"), []bool{false, false}},
		"counts that are no whole":  {rate("a", 1, 4, "25") + "," + rate("b", 1, 4, "75"), []bool{false, false}},
		"alone":                     {rate("a", 2, 2, "99"), []bool{false}},
		"nothing to divide by":      {rate("a", 0, 0, "0") + "," + rate("b", 0, 0, "100"), []bool{false, false}},
		"right, and the rest too":   {rate("a", 1, 4, "25") + "," + rate("b", 3, 4, "75"), []bool{false, false}},
		"decimals that differ":      {rate("a", 1, 3, "33.3") + "," + rate("b", 2, 3, "67"), []bool{false, false}},
		"a neighbour of some other": {rate("x", 1, 3, "33") + "," + rate("a", 1, 3, "33") + "," + rate("b", 2, 3, "68"), []bool{false, false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := rates.DecodeReport([]byte(`{"rates":[` + c.rates + `]}`))
			require.NoError(t, err)
			v, err := r.Verify()
			require.NoError(t, err)
			for i, f := range v.Rates {
				require.Equal(t, c.rest[i], f.Balance, f.Label)
				if f.Balance {
					require.Contains(t, f.Chinese(), "倒挤")
					require.Contains(t, f.English(), "leave of 100 %")
				}
			}
		})
	}
}
