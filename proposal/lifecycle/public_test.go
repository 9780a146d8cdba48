package lifecycle_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// facts is testdata/public/facts.json: what was read in the systems themselves.
type facts struct {
	Lifecycles map[string]struct {
		States      json.RawMessage `json:"states"`
		Initial     string          `json:"initial"`
		Transitions []struct {
			Action string   `json:"action"`
			From   []string `json:"from"`
			To     string   `json:"to"`
		} `json:"transitions"`
		TwoAxes map[string][]string `json:"two_axes"`
	} `json:"lifecycles"`
	Services []struct {
		Name   string `json:"businessService"`
		States []struct {
			State       *string `json:"state"`
			Application *string `json:"applicationStatus"`
			SLA         *int    `json:"sla"` // milliseconds
			Start       bool    `json:"isStartState"`
			Terminal    bool    `json:"isTerminateState"`
			Actions     []struct {
				Action string   `json:"action"`
				Next   string   `json:"nextState"`
				Roles  []string `json:"roles"`
			} `json:"actions"`
		} `json:"states"`
		Expected struct {
			States  int      `json:"stateCount"`
			Actions int      `json:"actionCount"`
			Roles   []string `json:"roles"`
			Lint    []string `json:"lint"`
		} `json:"expected"`
	} `json:"business_services"`
}

func readFacts(t *testing.T) facts {
	t.Helper()
	text, err := os.ReadFile("testdata/public/facts.json")
	require.NoError(t, err)
	var f facts
	require.NoError(t, json.Unmarshal(text, &f))
	return f
}

func public(t *testing.T, name string) *lifecycle.Machine {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "public", name+".json"))
	require.NoError(t, err)
	d, err := lifecycle.Decode(text)
	require.NoError(t, err)
	require.Equal(t, name, d.Name)
	m, err := lifecycle.Compile(d, lifecycle.Tolerate(lifecycle.MissingGuard))
	require.NoError(t, err)
	return m
}

// edges lists all that m may do, as "from event to".
func edges(m *lifecycle.Machine) []string {
	var list []string
	for _, s := range m.Definition().States {
		for _, event := range m.Allowed(s.Key) {
			t, _ := m.Transition(s.Key, event)
			list = append(list, s.Key+" "+event+" "+t.To)
		}
	}
	slices.Sort(list)
	return list
}

func walk(t *testing.T, m *lifecycle.Machine, events, want string) {
	t.Helper()
	at := m.Initial()
	states := []string{at}
	for e := range strings.FieldsSeq(events) {
		to, err := m.Fire(t.Context(), at, e)
		require.NoError(t, err)
		at = to
		states = append(states, at)
	}
	require.Equal(t, want, strings.Join(states, " "))
}

func TestPublicLifecyclesMayDoWhatTheirSourcesSayAndNothingElse(t *testing.T) {
	f := readFacts(t)
	same := func(action string) string { return action }
	table := func(names map[string]string) func(string) string {
		return func(action string) string { return names[action] }
	}
	for name, c := range map[string]struct {
		m     *lifecycle.Machine
		event func(action string) string
		more  []string // what the definition adds to its source: see the README there
	}{
		"gdszm_proposal": {public(t, "gdszm"), table(map[string]string{
			"submit": "submit", "back(退回)": "back", "check(审查立案: 立案/不立案 flag set aside)": "check",
			"confirm/assgnSub(确认承办单位/正式交办)": "confirm", "unit back(承办单位申退)": "unit_back", "refuse(驳回申退)": "refuse",
			"last main unit replies": "complete", "reject(驳回答复)": "reject", "undo(撤案)": "undo",
		}), []string{"handled reopen unhandled"}},
		"gdszm_unit_reply": {public(t, "gdszm").Track("part"), table(map[string]string{
			"receive(签收)": "part.receive", "back(申退)": "part.back", "refuse(驳回申退)": "part.refuse",
			"reply(答复)": "part.reply", "reject(驳回)": "part.reject", "satisfy=不满意": "part.dissatisfied",
		}), nil},
		"hechi_intake": {public(t, "hechi"), same, nil},
		"epetitions": {public(t, "epetitions"), table(map[string]string{
			"creator validates (count>=1)": "validate", "count >= threshold+1": "reach", "count falls": "fall", "flag": "flag",
			"dormant": "dormant", "approve": "approve", "approve with closed_at in past": "approve_late", "reject": "reject",
			"reject hidden code": "hide", "restore": "restore", "close at deadline": "close", "close early (dissolution)": "dissolve",
			"stop": "stop", "remove": "remove",
		}), nil},
		"bungeni_question": {public(t, "bungeni.question"), same, nil},
	} {
		t.Run(name, func(t *testing.T) {
			source := f.Lifecycles[name]
			keyOf := sourceKeys(t, source.States, c.m)
			want := slices.Clone(c.more)
			for _, tr := range source.Transitions {
				require.NotEmpty(t, c.event(tr.Action), tr.Action)
				from := tr.From
				if from[0] == "any except removed" {
					from = slices.DeleteFunc(allStates(c.m), func(s string) bool { return s == "removed" })
				}
				for _, s := range from {
					want = append(want, keyOf(s)+" "+c.event(tr.Action)+" "+keyOf(tr.To))
				}
			}
			slices.Sort(want)
			require.Equal(t, want, edges(c.m))
			if source.Initial != "" {
				require.Equal(t, keyOf(source.Initial), c.m.Initial())
			}
		})
	}
}

func allStates(m *lifecycle.Machine) []string {
	var list []string
	for _, s := range m.Definition().States {
		list = append(list, s.Key)
	}
	return list
}

// sourceKeys finds the key of a state by what its source calls it: a key of its
// own, or a numeric code with a label. States that the source disabled are not
// in the definition.
func sourceKeys(t *testing.T, states json.RawMessage, m *lifecycle.Machine) func(string) string {
	t.Helper()
	named := make(map[string]string)
	for _, s := range m.Definition().States {
		named[s.Label.ZH] = s.Key
	}
	codes := make(map[string]string)
	if json.Unmarshal(states, &codes) != nil { // a list of keys, or none
		return func(s string) string { return s }
	}
	for code, label := range codes {
		if !strings.Contains(label, "disabled") {
			require.NotEmpty(t, named[label], label)
			codes[code] = named[label]
		}
	}
	return func(s string) string { return codes[s] }
}

func TestConfigurableServicesKeepTheirStatesActionsAndRoles(t *testing.T) {
	f := readFacts(t)
	require.Len(t, f.Services, 5)
	for _, service := range f.Services {
		t.Run(service.Name, func(t *testing.T) {
			m := public(t, strings.ToLower(service.Name))
			key := func(state *string) string {
				if state == nil {
					return "new"
				}
				return strings.ToLower(*state)
			}
			var want, starts, lint, roles []string
			for _, s := range service.States {
				state, ok := m.State(key(s.State))
				require.True(t, ok, key(s.State))
				require.Equal(t, s.Terminal, state.Final, state.Key)
				if s.Start {
					starts = append(starts, pythonic(s.State))
				}
				var actions []string
				for _, a := range s.Actions {
					want = append(want, state.Key+" "+strings.ToLower(a.Action)+" "+strings.ToLower(a.Next))
					tr, _ := m.Transition(state.Key, strings.ToLower(a.Action))
					require.Equal(t, a.Roles, tr.Roles, "%s from %s", a.Action, state.Key)
					require.Equal(t, a.Action, tr.Label.EN)
					roles = append(roles, tr.Roles...)
					actions = append(actions, "'"+a.Action+"'")
				}
				if state.Final && len(m.Allowed(state.Key)) > 0 {
					lint = append(lint, "terminal state "+*s.State+" has outgoing actions ["+strings.Join(actions, ", ")+"]")
				}
				if s.SLA != nil && *s.SLA%86400000 == 0 {
					requireLimit(t, m, state.Key, *s.SLA/86400000)
				}
			}
			slices.Sort(want)
			require.Equal(t, want, edges(m))
			slices.Sort(roles)
			require.Equal(t, service.Expected.Roles, slices.Compact(roles))
			require.Len(t, m.Definition().States, service.Expected.States)
			require.Len(t, edges(m), service.Expected.Actions)
			if len(starts) > 1 { // here a definition has one initial state, and the second start follows from it
				lint = append(lint, "start states: ["+strings.Join(starts, ", ")+"]")
			}
			require.Equal(t, service.Expected.Lint, lint)
		})
	}
}

func pythonic(state *string) string {
	if state == nil {
		return "None"
	}
	return "'" + *state + "'"
}

// requireLimit finds the limit that watches how long a case is in the state.
func requireLimit(t *testing.T, m *lifecycle.Machine, state string, days int) {
	t.Helper()
	for _, l := range m.Definition().Limits {
		if slices.Equal(l.In, []string{state}) {
			require.Equal(t, strconv.Itoa(days), strings.Fields(l.Length)[0])
			for _, e := range edges(m) {
				parts := strings.Fields(e) // from event to
				require.Equal(t, parts[0] != state && parts[2] == state, l.Starts(parts[1], parts[0], parts[2]), e)
				require.Equal(t, parts[0] == state && parts[2] != state, l.Stops(parts[1], parts[0], parts[2]), e)
			}
			return
		}
	}
	require.Fail(t, "no limit", state)
}

func TestTwoAxesAreALineAndATrack(t *testing.T) {
	axes := readFacts(t).Lifecycles["hongkou_proposal"].TwoAxes
	m := public(t, "hongkou")
	for axis, line := range map[string]*lifecycle.Machine{"提案性质 ActiveName": m, "办理状态 ApplyState": m.Track("handling")} {
		var labels []string
		for _, s := range line.Definition().States {
			labels = append(labels, s.Label.ZH)
		}
		require.Equal(t, axes[axis], labels)
	}
}

func TestPublicLifecyclesAreWalked(t *testing.T) {
	for _, c := range []struct{ name, events, states string }{
		{"gdszm", "submit check confirm unit_back refuse complete reject complete", "saved unreviewed reviewed unhandled withdrawing unhandled handled unhandled handled"},
		{"hechi", "accept return resubmit accept", "submitted accepted returned submitted accepted"},
		{"hongkou", "submit return submit file reply", "saved awaiting returned awaiting filed replied"},
		{"epetitions", "validate reach fall reach approve close reject restore remove", "pending validated sponsored validated sponsored open closed rejected sponsored removed"},
		{"bungeni.question", "submit-to-clerk received-by-clerk complete approve allow_schedule schedule continue-debate schedule debate", "draft submitted received complete admissible schedule_pending scheduled debate_adjourned scheduled debated"},
		{"newtl", "initiate initiate apply forward sendback forward forward approve adhoc pay", "new initiated initiated applied fieldinspection applied fieldinspection pendingapproval pendingpayment pendingpayment approved"},
		{"firenoc", "initiate apply pay sendbacktocitizen resubmit forward sendbacktocitizen resubmit forward approve cancel", "new initiated pendingpayment documentverify citizenactionrequired-dv documentverify fieldinspection citizenactionrequired fieldinspection pendingapproval approved cancelled"},
		{"pgr", "apply assign reassign assign resolve reopen reject rate", "new pendingforassignment pendingatlme pendingforreassignment pendingatlme resolved pendingforassignment rejected closedafterrejection"},
		{"pt.create", "open sendbacktocitizen reopen verify forward approve", "new open correctionpending open docverified fieldverified approved"},
		{"btr", "apply approve pay", "new applied approved registrationcompleted"},
	} {
		t.Run(c.name, func(t *testing.T) { walk(t, public(t, c.name), c.events, c.states) })
	}
	require.Equal(t, []string{"inworkflow", "inactive", "active"}, stageKeys(public(t, "pt.create")), "its application status is a stage that states share")
}

// The defects that were seen in the system behind gdszm, against the machine of
// the same lifecycle.
func TestDefectsOfASystemWithoutATableAreRefused(t *testing.T) {
	m := public(t, "gdszm")
	t.Run("any state is overwritten by any other", func(t *testing.T) {
		for _, line := range []*lifecycle.Machine{m, m.Track("part")} {
			may := edges(line)
			refused := 0
			for _, from := range allStates(line) {
				for _, tr := range line.Definition().Transitions {
					if slices.Contains(may, from+" "+tr.Event+" "+tr.To) {
						continue
					}
					refused++
					to, err := line.Fire(t.Context(), from, tr.Event)
					require.ErrorIs(t, err, lifecycle.ErrRefused)
					require.Equal(t, from, to)
				}
			}
			require.Greater(t, refused, len(may))
		}
		_, err := m.Fire(t.Context(), "saved", "complete") // from nothing to answered
		require.ErrorIs(t, err, lifecycle.ErrRefused)
	})
	t.Run("不满意 leaves the proposal settled", func(t *testing.T) {
		part, err := m.Track("part").Fire(t.Context(), "answered", "part.dissatisfied")
		require.NoError(t, err)
		require.Equal(t, "new", part)
		autos := m.Autos("handled")
		require.Len(t, autos, 1, "the proposal follows its parts by itself")
		require.Equal(t, []string{"main_parts:open"}, autos[0].Guards)
		to, err := m.Fire(t.Context(), "handled", autos[0].Event)
		require.NoError(t, err)
		require.Equal(t, "unhandled", to)
	})
	t.Run("three months are 90 days", func(t *testing.T) {
		require.Equal(t, "3 months", m.Definition().Limits[0].Length)
	})
	t.Run("anybody may do anything", func(t *testing.T) {
		require.Equal(t, []string{"no_role"}, codes(m.Blockers("reviewed", "confirm", []string{"proposer", "unit"})))
		require.Equal(t, []string{"no_role"}, codes(m.Blockers("unhandled", "complete", []string{"unit", "office"})), "an answered proposal follows from its parts alone")
	})
}
