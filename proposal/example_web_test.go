package proposal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// page is a proposal as a browser is told of it: a proposal's own JSON holds its
// data only, and not the header that the engine keeps.
type page struct {
	workflow.Header
	Revision uint64             `json:"revision"` // for workflow.IfRevision
	Proposal *proposal.Proposal `json:"proposal"`
}

// submission hands a proposal in: POST /submit?id=…, by whoever the host's login
// says is asking. The header Idempotency-Key is the command, If-Match the
// revision that the browser showed.
func submission(svc *proposal.Service, login func(*http.Request) proposal.Actor) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var seen uint64
		if _, err := fmt.Sscanf(r.Header.Get("If-Match"), `"%d"`, &seen); err != nil {
			http.Error(w, "If-Match is missing", http.StatusPreconditionRequired)
			return
		}
		p, err := svc.Do(r.Context(), login(r), r.FormValue("id"), proposal.Submit{},
			workflow.Command(r.Header.Get("Idempotency-Key")), workflow.IfRevision(seen))
		if err != nil {
			answer := struct {
				Code     string             `json:"code"`
				Blockers []workflow.Blocker `json:"blockers,omitempty"` // in Chinese and English
			}{Code: workflow.Code(err)}
			var refused *workflow.RefusedError
			if errors.As(err, &refused) {
				answer.Blockers = refused.Blockers
			}
			status, known := map[string]int{"not_found": 404, "conflict": 409, "refused": 422, "denied": 403, "invalid": 400}[answer.Code]
			if !known {
				status = 500
			}
			w.WriteHeader(status)
			_ = json.NewEncoder(w).Encode(answer)
			return
		}
		_ = json.NewEncoder(w).Encode(page{p.Header, p.Revision, p})
	}
}

// A handler of the host's own: what goes out, what an error becomes, and a click
// that arrives twice.
func Example_web() {
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	svc, err := proposal.New(memory.New(),
		workflow.WithIDs(func() string { return "a-1" }),
		workflow.WithNow(func() time.Time { return time.Date(2024, 4, 26, 1, 0, 0, 0, time.UTC) }),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := svc.Open(httptest.NewRequest(http.MethodGet, "/", nil).Context(), member, proposal.Draft{Title: "关于支持小店经济的提案"})
	if err != nil {
		fmt.Println(err)
		return
	}
	handler := submission(svc, func(*http.Request) proposal.Actor { return member })
	click := func(command, revision string) {
		r := httptest.NewRequest(http.MethodPost, "/submit?id="+p.ID, nil)
		r.Header.Set("Idempotency-Key", command)
		r.Header.Set("If-Match", revision)
		w := httptest.NewRecorder()
		handler(w, r)
		var shown struct{ Code, ID, State string }
		if err := json.Unmarshal(w.Body.Bytes(), &shown); err != nil {
			fmt.Println(w.Code, strings.TrimSpace(w.Body.String()))
			return
		}
		fmt.Println(w.Code, strings.TrimSpace(strings.Join([]string{shown.Code, shown.ID, shown.State}, " ")))
	}
	click("click-1", `"1"`)
	click("click-1", `"1"`) // the browser lost the answer
	click("click-2", `"1"`) // a tab that was open all day
	click("click-3", `"2"`) // it has been submitted
	click("click-4", "")
	// Output:
	// 200 a-1 submitted
	// 200 a-1 submitted
	// 409 conflict
	// 422 refused
	// 428 If-Match is missing
}
