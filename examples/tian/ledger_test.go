package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

// once imports the ledger that ships, and returns what the command said and the
// database as a file.
var once = sync.OnceValues(func() (said string, file []byte) {
	dir, err := os.MkdirTemp("", "tian")
	if err != nil {
		return err.Error(), nil
	}
	defer func() { _ = os.RemoveAll(dir) }()
	db := filepath.Join(dir, "tian.db")
	var out, errs bytes.Buffer
	if run(context.Background(), []string{"import", "--in", sample, "--db", db, "--json"}, nil, &out, &errs) != exitAnswered {
		return errs.String(), nil
	}
	file, err = os.ReadFile(db)
	if err != nil {
		return err.Error(), nil
	}
	return out.String(), file
})

// imported returns a database with the ledger that ships.
func imported(t *testing.T) string {
	t.Helper()
	said, file := once()
	golden(t, "import.json", said)
	db := filepath.Join(t.TempDir(), "tian.db")
	require.NoError(t, os.WriteFile(db, file, 0o600))
	return db
}

func TestImportTakesTheGoodRowsAndTellsTheBadOnes(t *testing.T) {
	db := imported(t)
	again := answers[ledger.Report](t, "", "import", "--in", sample, "--db", db)
	require.Equal(t, [3]int{239, 0, 224}, [3]int{again.Rows, again.Imported, again.Already})
	fresh := filepath.Join(t.TempDir(), "new.db")
	header := strings.Join(ledger.Columns(), ",")
	empty := strings.Repeat(",", len(ledger.Columns())-6)
	r := tian(t, header+"\n甲县,county,,,,提案"+empty+"\n甲县,county,,,,\xff"+empty+"\nx\n", "import", "--in", "-", "--db", fresh, "--json")
	require.JSONEq(t, `{"rows":3,"imported":1,"already":0,"undated":1,"refused":[
		{"line":3,"code":"title_not_utf8","message":"the text is not UTF-8"},
		{"line":4,"code":"row_fields","message":"the row has 1 fields, and the header 27"}]}`, r.out)
	require.JSONEq(t, `{"rows":0,"imported":0,"already":0,"undated":0,"refused":[]}`,
		tian(t, header, "import", "--in", "-", "--db", fresh, "--json").out)
	people := tian(t, header+"\n,,,,,"+empty+"\n甲县,,,,,"+empty+"\n", "import", "--in", "-", "--db", fresh)
	require.Contains(t, people.out, "1 rows: 0 imported, 0 in already, 1 refused", "an empty row is none")
	require.Contains(t, people.out, "3  title_empty  a proposal needs a title")
	refuses(t, "standard input: line 1: the file is empty", "", "import", "--in", "-", "--db", fresh)
}

func TestStatsAreTheSameOfALedgerAndOfADatabase(t *testing.T) {
	ofFile := tian(t, "", "stats", "--in", sample, "--json")
	require.Equal(t, exitAnswered, ofFile.code, ofFile.err)
	golden(t, "stats.json", ofFile.out)
	ofDatabase := tian(t, "", "stats", "--db", imported(t), "--json")
	require.Equal(t, ofFile.out, ofDatabase.out)
	var figures struct {
		Received, Filed int
		ByCategory      map[string]struct {
			Count, Base int
			Percent     string
		} `json:"by_category"`
	}
	require.NoError(t, json.Unmarshal([]byte(ofFile.out), &figures))
	require.Equal(t, [2]int{224, 158}, [2]int{figures.Received, figures.Filed})
	require.Equal(t, "40.00", figures.ByCategory["ecological"].Percent)
	require.Equal(t, 3, figures.ByCategory["农业水利类"].Count, "what no scheme codes is counted as printed")
	people := tian(t, "", "stats", "--db", imported(t))
	golden(t, "stats.txt", people.out)
}

// caseRows gives the header and the data of each case as JSON, by SQL alone.
const caseRows = `WITH
	record(body) AS (SELECT CAST(body AS TEXT) FROM tian_records WHERE kind = 'proposal'),
	rest(body) AS (SELECT substr(body, instr(body, char(10)) + 1) FROM record),
	cases(h, d) AS (SELECT substr(body, 1, instr(body, char(10)) - 1), substr(body, instr(body, char(10)) + 1) FROM rest)
`

// The figures of the ledger that ships are what plain SQL counts in the database
// that it was imported into, without the library.
func TestStatsOfTheLedgerEqualACountByPlainSQL(t *testing.T) {
	raw, err := sql.Open("sqlite", imported(t))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, raw.Close()) })
	of := tian(t, "", "stats", "--in", sample, "--json")
	require.Equal(t, exitAnswered, of.code, of.err)
	var figures map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(of.out), &figures))

	number := func(query string) (n int) {
		require.NoError(t, raw.QueryRow(caseRows+query).Scan(&n))
		return n
	}
	total := func(name string) (n int) {
		require.NoError(t, json.Unmarshal(figures[name], &n))
		return n
	}
	require.Equal(t, number(`SELECT count(*) FROM cases WHERE json_extract(h, '$.state') <> 'draft'`), total("received"))
	require.Equal(t, number(`SELECT count(*) FROM cases WHERE json_extract(h, '$.state') = 'draft'`), total("drafts"))
	const filed = `coalesce(json_extract(h, '$.state') NOT IN ('draft', 'submitted', 'reviewing', 'returned', 'refused', 'referred', 'withdrawn'), 0)`
	require.Equal(t, number(`SELECT count(*) FROM cases WHERE `+filed), total("filed"))

	for dimension, states := range map[string]string{ // SELECT a case and what it states
		"by_category": `SELECT h AS id, coalesce(json_extract(d, '$.category'), json_extract(d, '$.extra."ledger.category"')) AS key FROM cases`,
		"by_proposer": `SELECT h AS id, json_extract(d, '$.proposer.kind') AS key FROM cases`,
		"by_stage":    `SELECT h AS id, json_extract(h, '$.stage') AS key FROM cases`,
		"by_outcome":  `SELECT h AS id, CASE WHEN ` + filed + ` THEN 'filed' ELSE 'open' END AS key FROM cases`,
		"by_class": `SELECT h AS id, json_extract(r.value, '$.class') AS key
			FROM cases, json_each(d, '$.parts') p, json_each(p.value, '$.replies') r`,
		"by_opinion": `SELECT h AS id, json_extract(o.value, '$.result') AS key FROM cases, json_each(d, '$.opinions') o`,
	} {
		var base int
		stated := `, stated(id, key) AS (` + states + `)`
		require.NoError(t, raw.QueryRow(strings.TrimSpace(caseRows)+stated+
			` SELECT count(DISTINCT id) FROM stated WHERE coalesce(key, '') <> ''`).Scan(&base))
		rows, err := raw.Query(strings.TrimSpace(caseRows) + stated +
			` SELECT key, count(DISTINCT id) FROM stated WHERE coalesce(key, '') <> '' GROUP BY key`)
		require.NoError(t, err)
		type share struct {
			Count, Base int
			Percent     string
		}
		want := map[string]share{}
		for rows.Next() {
			var key string
			var n int
			require.NoError(t, rows.Scan(&key, &n))
			hundredths := (n*10000*2 + base) / (2 * base) // half up
			want[key] = share{n, base, fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)}
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close()) //nolint:sqlclosecheck // one connection: before the next query
		require.NotEmpty(t, want, dimension)
		var got map[string]share
		require.NoError(t, json.Unmarshal(figures[dimension], &got))
		require.Equal(t, want, got, dimension)
	}
}

func TestShowFindsACaseByIDOrNumber(t *testing.T) {
	db := imported(t)
	byNumber := answers[shown](t, "", "show", "2016-079", "--db", db)
	require.Equal(t, "关于加快解放碑周边旧房改造的建议", byNumber.Case.Proposal.Title)
	require.Equal(t, "replied", byNumber.Case.State)
	require.Equal(t, "open", byNumber.History[0].Event)
	require.Equal(t, ledger.Registrar, byNumber.History[0].Role)
	require.Len(t, byNumber.History[0].Hash, 64)
	require.Equal(t, byNumber.History[0].Hash, byNumber.History[1].Prev)
	require.Empty(t, byNumber.Clocks, "a list has no clocks")
	byID := answers[shown](t, "", "show", byNumber.Case.ID, "--db", db)
	require.Equal(t, byNumber.History, byID.History)

	people := tian(t, "", "show", "2016-079", "--db", db)
	require.Contains(t, people.out, "关于加快解放碑周边旧房改造的建议")
	require.Contains(t, people.out, byID.History[2].Hash[:8])
	require.Contains(t, people.out, "cqyz.gov.cn", "the source")

	refuses(t, `no case with the ID or number "999999"`, "", "show", "999999", "--db", db)
	refuses(t, "2 cases have the number 一号", "", "show", "一号", "--db", db)
	one := answers[shown](t, "", "show", "一号", "--db", db, "--body", "county/汉寿县")
	require.Equal(t, "关于着力打造汉寿蔬菜公园的提案", one.Case.Proposal.Title)
}

func TestAuditNamesTheOneEntryThatWasChanged(t *testing.T) {
	db := imported(t)
	sound := answers[workflow.Report](t, "", "audit", "--db", db)
	require.Equal(t, 224, sound.Cases)
	require.Greater(t, sound.Entries, 224)
	require.Empty(t, sound.Broken)

	raw, err := sql.Open("sqlite", db)
	require.NoError(t, err)
	var id string
	var seq, position uint64
	var body []byte
	require.NoError(t, raw.QueryRow(`SELECT position, id, seq, body FROM tian_entries WHERE seq = 2 ORDER BY position DESC LIMIT 1`).
		Scan(&position, &id, &seq, &body))
	body[len(body)/2] ^= 1
	_, err = raw.Exec(`UPDATE tian_entries SET body = ? WHERE position = ?`, body, position)
	require.NoError(t, err)
	require.NoError(t, raw.Close())

	r := tian(t, "", "audit", "--db", db, "--json")
	require.Equal(t, exitBroken, r.code)
	require.Empty(t, r.err)
	var broken workflow.Report
	require.NoError(t, json.Unmarshal([]byte(r.out), &broken))
	require.Len(t, broken.Broken, 1)
	require.Equal(t, id, broken.Broken[0].ID)
	require.Equal(t, seq, broken.Broken[0].Seq)
	require.NotEmpty(t, broken.Broken[0].Reason)
	require.Equal(t, 224, broken.Cases, "the others are verified all the same")

	people := tian(t, "", "audit", "--db", db)
	require.Equal(t, exitBroken, people.code)
	require.Contains(t, people.out, id)
}

func TestAuditMissesACaseThatWasRemovedWhole(t *testing.T) {
	db := imported(t)
	raw, err := sql.Open("sqlite", db)
	require.NoError(t, err)
	var id string
	require.NoError(t, raw.QueryRow(`SELECT id FROM tian_entries ORDER BY position LIMIT 1 OFFSET 10`).Scan(&id))
	for _, removed := range []string{
		`DELETE FROM tian_records WHERE id = ?`, `DELETE FROM tian_entries WHERE id = ?`, `DELETE FROM tian_attrs WHERE id = ?`,
	} {
		_, err = raw.Exec(removed, id)
		require.NoError(t, err)
	}
	require.NoError(t, raw.Close())

	r := tian(t, "", "audit", "--db", db, "--json")
	require.Equal(t, exitBroken, r.code)
	var report workflow.Report
	require.NoError(t, json.Unmarshal([]byte(r.out), &report))
	require.Equal(t, 223, report.Cases)
	require.NotEmpty(t, report.Gaps)
	require.Contains(t, tian(t, "", "audit", "--db", db).out, "missing from the feed")
}

// What the demo says to go on with is pasted into a shell as it stands.
func TestWhatIsToldToBePastedIsOneWord(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	for _, word := range []string{"tian.db", "postgres://u@127.0.0.1/test?sslmode=disable&search_path=tian", "it's mine.db", "u:p@tcp(127.0.0.1:3306)/test"} {
		printed, err := exec.CommandContext(t.Context(), shell, "-c", "printf %s "+quoted(word)).CombinedOutput()
		require.NoError(t, err, string(printed))
		require.Equal(t, word, string(printed))
	}
	require.Equal(t, "tian.db", quoted("tian.db"))
}

func TestDemoDoesNoHarmTheSecondTime(t *testing.T) {
	ofLedger, err := os.ReadFile(filepath.Join("testdata", "stats.json"))
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	first := tian(t, "", "demo")
	require.Equal(t, exitAnswered, first.code, first.err)
	for _, want := range []string{
		"database tian.db: a new one", "224 imported", "15 refused", "53  title_empty",
		"cultivation      224    0", "filing           158   60",
		"through 9 of 9 stages, as an illustration", "小店经济", "宁夏银保监局 (co)",
		"broken 0", "The database is left in tian.db",
	} {
		require.Contains(t, first.out, want)
	}
	require.FileExists(t, "tian.db")
	d := answers[struct {
		Found  found
		Import ledger.Report
		Case   shown
		Stages int
		Audit  workflow.Report
	}](t, "", "demo")
	require.Equal(t, d.Audit.Cases, d.Found.Cases)
	require.Equal(t, d.Audit.Entries, d.Found.Entries, "nothing was added")
	require.Equal(t, [2]int{0, 224}, [2]int{d.Import.Imported, d.Import.Already})
	require.Equal(t, 9, d.Stages)
	require.Equal(t, "closed", d.Case.Case.State)
	require.NotEmpty(t, d.Case.Clocks)
	roles := make(map[string]bool)
	for _, e := range d.Case.History {
		roles[e.Role] = true
		require.Contains(t, e.Actor, "示意", "who is made up says so")
	}
	for _, role := range []string{"member", "proposer", "committee", "office", "unit", "leader", "evaluator"} {
		require.True(t, roles[role], "%s acts", role)
	}
	require.Contains(t, extra(d.Case.Case.Proposal, ledger.ExtraIllustration), "Made up")

	stats := tian(t, "", "stats", "--db", "tian.db", "--json")
	require.Equal(t, string(ofLedger), stats.out, "an illustration is in no figure")
}
