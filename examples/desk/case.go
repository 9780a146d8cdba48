package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// casePage is everything that the page of a case shows.
type casePage struct {
	*seen
	Room     room
	Stage    string
	State    string
	Acts     []act // may be done, and lead on
	Others   []act // may be done beside
	Refused  []act // may not, each with every reason
	Timeline []told
	Drawing  drawing
	Problem  *notDone
	Done     string // what has just been done
	Command  string // names the next act, so that a button pressed twice is one effect
	Units    []lifecycle.Label
	words
}

// act is something that might be done, with its form.
type act struct {
	workflow.Choice
	Called string
	Of     string // the instance, in words
	Inputs []input
	Open   bool // its form is shown at once
}

// told is an entry of the timeline.
type told struct {
	workflow.Entry
	What  string
	Moved []string
	Said  []said
}

// said is what an act was given, field by field.
type said struct{ Label, Text string }

// notDone is why something was not done.
type notDone struct {
	workflow.Explanation
	Since string // what others have done meanwhile
}

// one shows a case.
func (d *desk) one(w http.ResponseWriter, r *http.Request, in room) {
	page, err := d.casePage(r, in, "", nil)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	if event := d.sessions.PopString(r.Context(), "done"); event != "" {
		page.Done = page.eventLabel(event).In(page.lang, event)
	}
	d.show(w, r, http.StatusOK, "case", page)
}

// casePage gathers the page. What was sent, if anything, is in the form of the
// event that it was sent for.
func (d *desk) casePage(r *http.Request, in room, event string, sent url.Values) (*casePage, error) {
	v := d.visitor(r)
	s, err := in.get(r.Context(), v, r.PathValue("id"), d.now())
	if err != nil {
		return nil, err
	}
	w := words{v.Lang, s.machine}
	p := &casePage{seen: s, Room: in, words: w, Command: uuid.NewString(), Units: units(s.Body), State: w.state("", s.State)}
	if s.machine != nil {
		for _, stage := range s.machine.Stages() {
			if stage.Key == s.Stage {
				p.Stage = stage.Label.In(v.Lang, stage.Key)
			}
		}
		p.Drawing = draw(v.Lang, s.machine, s.Header, s.History)
	}
	p.choose(v.Lang, event, sent)
	for _, e := range slices.Backward(s.History) {
		p.Timeline = append(p.Timeline, told{e, p.eventLabel(e.Event).In(v.Lang, e.Event), w.moves(e), p.saidIn(e, v.Lang)})
	}
	return p, nil
}

// choose divides what might be done into what may be and what may not.
func (p *casePage) choose(lang, event string, sent url.Values) {
	known := url.Values{}
	if data, err := json.Marshal(p.Case); err == nil {
		spread(plain(data), "", known)
	}
	for i, c := range p.Choices {
		a := act{Choice: c, Called: p.eventLabel(c.Event).In(lang, c.Event), Of: nameOf(lang, c.Instance)}
		if !c.Allowed {
			p.Refused = append(p.Refused, a)
			continue
		}
		values := known
		if field := p.instance(c); field != "" {
			values = url.Values{field: {c.Instance}}
		}
		if c.Event == event && (sent.Get("instance") == c.Instance) {
			values, a.Open = sent, true
		}
		a.Inputs = drawn(fmt.Sprintf("a%d", i), c.Fields, "", values)
		if p.leadsOn(c) || a.Open {
			p.Acts = append(p.Acts, a)
		} else {
			p.Others = append(p.Others, a)
		}
	}
}

// leadsOn reports whether an act moves what people count: the main line, a line
// that has stages of its own or one for each of many, or a limit that is running,
// which it stops or, on the main line, those may do for whom the limit is.
func (p *casePage) leadsOn(c workflow.Choice) bool {
	for _, l := range p.machine.Limits() {
		met := func(r workflow.Reading) bool { return r.Running() && r.Limit == l.Key && r.Of == c.Instance }
		waited := slices.Contains(l.Stop, c.Event) || p.machine.TrackOf(c.Event) == "" && p.machine.Permits(c.Event, []string{l.For})
		if waited && slices.ContainsFunc(p.Clocks, met) {
			return true
		}
	}
	key := p.machine.TrackOf(c.Event)
	if key == "" {
		return c.To != p.Header.State
	}
	t := p.machine.Track(key)
	staged := slices.ContainsFunc(t.Definition().States, func(s lifecycle.State) bool { return s.Stage != "" })
	return (t.Each() || staged) && c.To != p.Track(key, c.Instance)
}

// plain decodes JSON into maps and lists, numbers as they are written.
func plain(data []byte) any {
	var v any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// saidIn reads what an entry says by the description of its action.
func (p *casePage) saidIn(e workflow.Entry, lang string) (all []said) {
	values := url.Values{}
	spread(plain(e.Action), "", values)
	fields := p.of(e.Event)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		label := name
		if f, known := form.At(fields, name); known {
			label = f.Label.In(lang, name)
		}
		all = append(all, said{label, strings.Join(values[name], "；")})
	}
	return all
}

// newCase shows the form by which a case begins.
func (d *desk) newCase(w http.ResponseWriter, r *http.Request, in room) {
	d.show(w, r, http.StatusOK, "new", d.newPage(r, in, nil, nil))
}

type newPage struct {
	Room    room
	Inputs  []input
	Problem *notDone
	Command string
	Units   []lifecycle.Label
}

func (d *desk) newPage(r *http.Request, in room, sent url.Values, why *notDone) newPage {
	body := d.visitor(r).Body
	return newPage{in, drawn("new", in.fields(workflow.Opening, body), "", sent), why, uuid.NewString(), units(body)}
}

// StateOf returns the state of a line beside the main one, such as part/UNIT.
func (p *casePage) StateOf(line string) string { return p.state(line, p.Tracks[line]) }

// Chosen returns the label of a key that an action let somebody choose.
func (p *casePage) Chosen(event, field, key string) string {
	f, _ := form.At(p.of(event), field)
	for _, v := range f.Values {
		if v.Key == key {
			return v.Label.In(p.lang, key)
		}
	}
	return key
}

// Notice returns what was published of a proposal, for those who see nothing else.
func (p *casePage) Notice() *proposal.Notice {
	one, is := p.Case.(*proposal.Proposal)
	if !is || one.Proposer.ID != "" {
		return nil
	}
	n, published := one.Notice()
	if !published {
		return nil
	}
	return &n
}

// With hands the page on to the template of one act.
func (p *casePage) With(a act) any {
	return struct {
		Page *casePage
		Act  act
	}{p, a}
}
