package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/workflow"
)

// A proposal goes its way through the application: the host's rows beside it, each
// reader with what is theirs, a click that comes twice, a tab that was open all day.
func TestAProposalGoesItsWay(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		first := s.submitted("click-1")
		require.Equal(t, "submitted", first.State)
		again := s.submitted("click-1")
		require.Equal(t, first.ID, again.ID)
		require.EqualValues(t, 1, s.rows(&Receipt{}), "asked twice, one effect")

		s.do("member", first.ID, "enclose", `{"name":"调研","address":"https://files.example/1"}`)
		s.do("committee", first.ID, "receive", "")
		var told workflow.Explanation
		s.ask(http.StatusConflict, "committee", "POST", "/proposals/"+first.ID+"/file", `{"number":"1"}`, &told, `If-Match: "2"`)
		s.ask(http.StatusForbidden, "member", "POST", "/proposals/"+first.ID+"/file", `{"number":"1"}`, &told)
		s.ask(http.StatusBadRequest, "committee", "POST", "/proposals/"+first.ID+"/file", `{"numbre":"1"}`, &told)
		require.Equal(t, "numbre", told.Field)
		require.NotEmpty(t, told.Message.ZH)
		s.ask(http.StatusUnprocessableEntity, "committee", "POST", "/proposals/"+first.ID+"/file", `{}`, &told)
		require.NotEmpty(t, told.Blockers)
		s.do("committee", first.ID, "file", `{"number":"20240001"}`)
		s.do("office", first.ID, "assign", `{"lead":"market-bureau"}`)

		var desk []counted
		s.ask(200, "clerk", "GET", "/lists", "", &desk)
		require.Equal(t, "open_parts", desk[0].Key)
		require.EqualValues(t, 1, desk[0].Count)
		var shown seen
		s.ask(200, "office", "GET", "/proposals/"+first.ID, "", &shown)
		require.Equal(t, 3, shown.Receipt.Pages)
		s.ask(http.StatusNotFound, "another", "GET", "/proposals/"+first.ID, "", &told)
		s.ask(http.StatusNotFound, "", "GET", "/proposals/"+first.ID, "", &told)
		s.ask(http.StatusUnauthorized, "nobody", "GET", "/lists", "", nil)
		var history []workflow.Entry
		s.ask(200, "office", "GET", "/proposals/"+first.ID+"/history", "", &history)
		require.Len(t, history, 6)

		var boards []Board
		require.NoError(t, s.db.Find(&boards).Error)
		require.Equal(t, []Board{{first.ID, 6, "assigned"}}, boards, "the host's row is of the last commit, whoever began it")
		var nobody listed
		s.ask(200, "", "GET", "/public", "", &nobody)
		require.Empty(t, nobody.Cases)
		breaks, err := s.svc.Verify(context.Background(), first.ID)
		require.NoError(t, err)
		require.Empty(t, breaks)
	})
}

// What is refused in the host's transaction leaves none of the host's rows.
func TestARefusedSubmissionLeavesNoReceipt(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		var told workflow.Explanation
		s.ask(http.StatusBadRequest, "member", "POST", "/proposals", `{"pages":1,"draft":{"title":"关于小店的提案","category":"none"}}`, &told, "Idempotency-Key: k")
		require.Equal(t, "category", told.Field)
		require.Zero(t, s.rows(&Receipt{}))
		require.Zero(t, s.rows(&Board{}))
		n, err := s.svc.All().Count(context.Background(), workflow.Query{})
		require.NoError(t, err)
		require.Zero(t, n)
		s.ask(http.StatusBadRequest, "member", "POST", "/proposals", `{"draft":`+draft+`}`, &told)
		require.Equal(t, "Idempotency-Key", told.Field)
	})
}

// A page of a list stays where it was while others write, and its count is of all.
func TestListsHavePagesAndCounts(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		for i := range 5 {
			s.submitted(fmt.Sprint("k", i))
		}
		met := make(map[string]bool)
		after := ""
		for pages := 0; ; pages++ {
			var page listed
			s.ask(200, "committee", "GET", "/lists/to_review?max=2&after="+after, "", &page)
			for _, p := range page.Cases {
				require.False(t, met[p.ID])
				met[p.ID] = true
			}
			if after = page.Next; after == "" {
				require.Equal(t, 3, pages+1)
				break
			}
			s.submitted(fmt.Sprint("more", pages)) // behind what has been met
			if pages == 1 {
				break
			}
		}
		require.Len(t, met, 4)
		var page listed
		s.ask(200, "committee", "GET", "/lists/to_review", "", &page)
		require.EqualValues(t, 7, page.Count)
		s.ask(200, "member", "GET", "/lists/to_review", "", &page)
		require.EqualValues(t, 7, page.Count, "the member's own")
		s.ask(200, "another", "GET", "/lists/to_review", "", &page)
		require.Zero(t, page.Count)
		var told workflow.Explanation
		s.ask(http.StatusBadRequest, "member", "GET", "/lists/to_review?max=many", "", &told)
		require.Equal(t, "max", told.Field)
		s.ask(http.StatusBadRequest, "member", "GET", "/lists/to_rewiew", "", &told)
		require.Contains(t, told.Message.EN, "to_review")
	})
}

// Forms are drawn from what actions say of themselves, and read by the same.
func TestAPageHasFormsForWhatMayBeDone(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		p := s.submitted("k")
		var page string
		s.ask(200, "member", "GET", "/proposals/"+p.ID+"/page", "", &page)
		require.Contains(t, page, `action="/proposals/`+p.ID+`/enclose"`)
		require.Contains(t, page, `name="address" maxlength="400" required`)
		require.NotContains(t, page, `/file"`)
		const form = "Content-Type: application/x-www-form-urlencoded"
		s.ask(200, "member", "POST", "/proposals/"+p.ID+"/enclose", url.Values{"name": {"调研报告"}, "address": {"https://files.example/1"}}.Encode(), nil, form)
		s.do("committee", p.ID, "receive", "")
		s.do("committee", p.ID, "file", `{"number":"7"}`)
		s.ask(200, "office", "POST", "/proposals/"+p.ID+"/assign", url.Values{"lead": {"market-bureau"}, "co": {"banking\ncommerce"}}.Encode(), nil, form)
		var shown seen
		s.ask(200, "office", "GET", "/proposals/"+p.ID, "", &shown)
		require.Len(t, shown.Proposal.Parts, 3)
		s.ask(http.StatusNotFound, "", "GET", "/proposals/"+p.ID+"/page", "", nil)
	})
}

// A user acts in another's name while the host's table lets them, and the journal
// names both.
func TestASecretaryActsInAMembersName(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		name017 := "In-Name-Of: m-017"
		s.ask(http.StatusUnauthorized, "secretary", "GET", "/lists", "", nil, name017)
		now := time.Now()
		require.NoError(t, s.db.Create(&Delegation{Delegate: "s-01", Name: "m-018", Begins: now.Add(-2 * time.Hour), Ends: now.Add(-time.Hour)}).Error)
		s.ask(http.StatusUnauthorized, "secretary", "GET", "/lists", "", nil, "In-Name-Of: m-018")
		require.NoError(t, s.db.Create(&Delegation{Delegate: "s-01", Name: "m-017", Begins: now.Add(-time.Hour), Ends: now.Add(time.Hour)}).Error)
		p := s.submitted("own")
		s.do("secretary", p.ID, "enclose", `{"name":"调研","address":"https://files.example/1"}`, name017)
		s.ask(http.StatusNotFound, "secretary", "GET", "/proposals/"+p.ID, "", nil)
		history, err := s.svc.History(context.Background(), p.ID)
		require.NoError(t, err)
		last := history[len(history)-1]
		require.Equal(t, []string{"enclose", "s-01", "m-017"}, []string{last.Event, last.Actor, last.For})
	})
}

// Many cases in one call: an outcome for each, times and commands of their own, and
// asking again does only what was left undone.
func TestBulkWorkIsData(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		there := s.submitted("k")
		orders := `[
			{"event":"open","data":` + draft + `,"at":"2024-03-01T09:00:00+08:00","command":"row-1"},
			{"event":"open","data":{"title":""},"command":"row-2"},
			{"event":"opne","data":{}},
			{"case":"nowhere","event":"receive"},
			{"case":"` + there.ID + `","event":"receive","command":"row-5"}]`
		for range 2 {
			var outcomes []outcome
			s.ask(200, "committee", "POST", "/bulk", orders, &outcomes)
			require.Len(t, outcomes, 5)
			require.Equal(t, "draft", outcomes[0].State)
			require.Equal(t, "invalid", outcomes[1].Error.Code)
			require.Equal(t, "invalid", outcomes[2].Error.Code)
			require.Equal(t, "not_found", outcomes[3].Error.Code)
			require.Equal(t, outcome{Case: there.ID, State: "reviewing"}, outcomes[4])
			p, err := s.svc.Get(context.Background(), outcomes[0].Case)
			require.NoError(t, err)
			require.Equal(t, time.Date(2024, 3, 1, 1, 0, 0, 0, time.UTC), p.Opened)
		}
		n, err := s.svc.All().Count(context.Background(), workflow.Query{})
		require.NoError(t, err)
		require.EqualValues(t, 2, n)
		require.EqualValues(t, 2, s.rows(&Board{}))
	})
}

// An office changes its own rules in a page, from a day on; tried first, nothing of it
// is there, and neither of an act that was only tried.
func TestAnOfficeAdoptsItsRulesAndTriesThemFirst(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		ctx := context.Background()
		s := newSite(t, name)
		p := s.submitted("k")
		var tried seen
		s.ask(200, "committee", "POST", "/proposals/"+p.ID+"/receive?try", "", &tried)
		require.Equal(t, "reviewing", tried.State)
		now, err := s.svc.Get(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, "submitted", now.State)
		var told workflow.Explanation
		s.ask(http.StatusForbidden, "member", "POST", "/proposals/"+p.ID+"/receive?try", "", &told)

		rules := proposal.DefaultRules()
		rules.Form.TitleMost = 20
		data, err := json.Marshal(workflow.Adopt{Title: "提案工作条例", Rules: mustJSON(t, rules)})
		require.NoError(t, err)
		s.ask(http.StatusUnauthorized, "committee", "POST", "/admin/rules", string(data), nil)
		var adopted workflow.Adoption
		s.ask(200, "admin", "POST", "/admin/rules?try", string(data), &adopted)
		var holds []workflow.Holding
		s.ask(200, "admin", "GET", "/admin/rules", "", &holds)
		require.Len(t, holds, 2, "the program's own")
		s.ask(http.StatusBadRequest, "admin", "POST", "/admin/rules", `{"rules":{"categories":[]}}`, &told)
		s.ask(200, "admin", "POST", "/admin/rules", string(data), &adopted)
		s.ask(200, "admin", "GET", "/admin/rules", "", &holds)
		require.Equal(t, []any{"xiushan", adopted.Holds}, []any{holds[2].Body, holds[2].From})
		before, err := s.svc.RulesAt(ctx, "xiushan", adopted.Holds.Add(-time.Second))
		require.NoError(t, err)
		after, err := s.svc.RulesAt(ctx, "xiushan", adopted.Holds)
		require.NoError(t, err)
		require.Equal(t, []proposal.Rules{proposal.DefaultRules(), rules}, []proposal.Rules{before, after})
	})
}

func mustJSON(t *testing.T, v any) json.RawMessage {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return data
}

// Notices are written once for each entry, by however many relays.
func TestNoticesAreWrittenOnce(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		for i := range 3 {
			p := s.submitted(fmt.Sprint("k", i))
			s.do("committee", p.ID, "receive", "")
			s.do("committee", p.ID, "file", fmt.Sprintf(`{"number":"%d"}`, i))
			s.do("office", p.ID, "assign", `{"lead":"finance","with":["market-bureau"],"co":["water"]}`)
		}
		var relays sync.WaitGroup
		for range 4 {
			relays.Go(func() {
				if err := s.handOn(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		relays.Wait()
		require.NoError(t, s.handOn(context.Background()))
		var notices []Notice
		s.ask(200, "clerk", "GET", "/notices", "", &notices)
		require.Len(t, notices, 3)
		require.EqualValues(t, 15, s.rows(&Notice{}), "the committee, the office, and three units")
	})
}

// Cases that began under another definition are moved by plan; a list that was
// added later is rebuilt while others write.
func TestWhatCameLaterReachesCasesOfBefore(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		ctx := context.Background()
		s := newSite(t, name)
		before, err := proposal.New(s.store) // an earlier program: its definition, and no list of the host's own
		require.NoError(t, err)
		member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
		var old []string
		for range 3 {
			p, err := before.Open(ctx, member, proposal.Draft{Title: "关于小店的提案"})
			require.NoError(t, err)
			old = append(old, p.ID)
		}
		var told workflow.Explanation
		s.ask(http.StatusUnprocessableEntity, "member", "POST", "/proposals/"+old[0]+"/enclose", `{"name":"a","address":"b"}`, &told)
		s.ask(http.StatusUnauthorized, "member", "GET", "/admin/migration", "", nil)
		var plan []workflow.Planned
		s.ask(200, "admin", "GET", "/admin/migration", "", &plan)
		require.Len(t, plan, 3)
		for _, p := range plan {
			require.True(t, p.Does, "%+v", p)
		}
		var moved []outcome
		s.ask(200, "admin", "POST", "/admin/migration", "", &moved)
		require.Len(t, moved, 3)
		s.ask(200, "admin", "POST", "/admin/migration", "", &moved)
		require.Empty(t, moved, "there is nothing left to do")

		// A file attached by a program that knew no list of files.
		plain, err := proposal.New(s.store, workflow.WithDefinition(proposal.Kind, ownDefinition()), workflow.WithUse(proposal.Kind, "", "embed"),
			workflow.WithAction(workflow.Describe(enclose{}, "上传附件", "enclose a file")))
		require.NoError(t, err)
		_, err = plain.Do(ctx, member, old[0], enclose{"a", "b"})
		require.NoError(t, err)
		var page listed
		s.ask(200, "member", "GET", "/lists/with_files", "", &page)
		require.Zero(t, page.Count)
		working, stop := context.WithCancel(ctx)
		var writer sync.WaitGroup
		writer.Go(func() {
			for i := 0; working.Err() == nil; i++ {
				if _, err := s.svc.Do(ctx, member, old[1], enclose{fmt.Sprint("a", i), "b"}); err != nil {
					t.Error(err)
				}
			}
		})
		var so rebuilt
		s.ask(200, "admin", "POST", "/admin/reindex", "", &so)
		stop()
		writer.Wait()
		require.Equal(t, 3, so.Cases)
		require.Positive(t, so.Mended)
		s.ask(200, "member", "GET", "/lists/with_files", "", &page)
		require.EqualValues(t, 2, page.Count)
		report, err := s.svc.Audit(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Broken)
	})
}

// Another system that has read the feed further than a restored database goes is
// told so.
func TestAReaderOfTheFeedIsToldOfARestoredDatabase(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "app.db")
	s := newSite(t, file)
	s.submitted("before")
	backup := filepath.Join(t.TempDir(), "backup.db")
	require.NoError(t, s.db.Exec("VACUUM INTO ?", backup).Error)
	s.submitted("after")
	var part followed
	s.ask(200, "admin", "GET", "/admin/feed", "", &part)
	require.Len(t, part.Entries, 4)
	cursor, err := json.Marshal(part.Cursor)
	require.NoError(t, err)
	s.ask(200, "admin", "GET", "/admin/feed?after="+string(cursor[1:len(cursor)-1]), "", &part)
	require.Empty(t, part.Entries)

	restored := newSite(t, backup)
	var told workflow.Explanation
	restored.ask(http.StatusGone, "admin", "GET", "/admin/feed?after="+string(cursor[1:len(cursor)-1]), "", &told)
	require.Equal(t, "rewound", told.Code)
	require.NotEmpty(t, told.Message.ZH)
	for i := range 3 { // it goes on, beyond where the reader was
		restored.submitted(fmt.Sprint("other", i))
	}
	restored.ask(http.StatusGone, "admin", "GET", "/admin/feed?after="+string(cursor[1:len(cursor)-1]), "", &told)
	_, err = sqlite.Open(ctx, backup+"-none", sqlite.WithoutMigration())
	require.Error(t, err)
	require.NoError(t, os.RemoveAll(backup+"-none"))
	_, _, err = store.Follow(ctx, restored.store, store.Cursor{}, 1)
	require.NoError(t, err)
}

// A lost race in the host's transaction begins anew.
func TestATransactionBeginsAnewAfterALostRace(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		ctx := context.Background()
		s := newSite(t, name)
		p := s.submitted("k")
		member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
		times := 0
		err := s.together(ctx, func(_ *gorm.DB, acts *proposal.Service) error {
			if times++; times == 1 {
				return fmt.Errorf("as if: %w", workflow.ErrConflict)
			}
			_, err := acts.Do(ctx, member, p.ID, enclose{"a", "b"})
			return err
		})
		require.NoError(t, err)
		require.Equal(t, 2, times)
	})
}

// The database may be named as the command does by default: a file of this folder.
func TestAFileIsNamedFromWhereTheApplicationRuns(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSite(t, "app.db")
	s.submitted("k")
	require.FileExists(t, "app.db")
	var mine struct {
		Count int `json:"count"`
	}
	s.ask(http.StatusOK, "member", "GET", "/lists/mine", "", &mine)
	require.Equal(t, 1, mine.Count)
}

// GORM wraps its transaction where statements are prepared.
func TestATransactionWithPreparedStatementsIsTheHosts(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		p := s.submitted("k")
		s.db = s.db.Session(&gorm.Session{PrepareStmt: true})
		member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
		require.NoError(t, s.together(t.Context(), func(rows *gorm.DB, acts *proposal.Service) error {
			if err := rows.Create(&Receipt{ProposalID: "prepared", At: time.Now()}).Error; err != nil {
				return err
			}
			_, err := acts.Do(t.Context(), member, p.ID, enclose{"a", "b"})
			return err
		}))
	})
}
