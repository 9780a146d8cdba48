// Package tian (提案, tí'àn: a proposal) is the map of the house. It holds no
// code: import the rooms below.
//
// The library carries the proposals and the consultations (协商) of the Chinese
// People's Political Consultative Conference (政协) through the hands of
// proposers, committees and handling units, and keeps a record of it that
// cannot be changed in silence. Where places differ, the difference is data:
// the stages, the categories, the limits, the answer classes, the scoring
// sheets, the calendar.
//
// # The rooms
//
//	proposal/              the proposal itself, its nine stages, its actions; Service, the front door
//	  lifecycle/           WHAT MAY HAPPEN: definitions as data, compiled to a machine
//	  calendar/            BY WHEN: working days, limits, clocks that explain their due date
//	    china/             the State Council's days off and made-up working days (调休), embedded
//	    profiles/          the time limits found in use, as data with their sources
//	  profiles/            ways of handling proposals as places print them: a lifecycle and rules, as data with their sources
//	  erasure/             personal data erased on demand: asked for, decided, taken out of a case of any kind
//	  text/                what a field may hold, when two spellings are one, where contact data stands
//	  ledger/              ledgers (台账) read and written as offices have them, a module of its own
//	    sheet/             tables of any kind as offices have them, row by row: CSV, XLSX, HTML, GBK
//	  store/               WHAT HAS HAPPENED: records and their journals, the seam to a database
//	    memory/            a store for tests and for trying things out
//	    dryrun/            a store that keeps its commits to itself: what an act would do
//	    storetest/         what a correct store is, in a form that runs
//	      storebench/ certify/   what a store costs; a certificate of one, under a driver of your own
//	    groupcommit/       callers that arrive together share a commit
//	    relay/             a feed handed on, its place kept with what the host does
//	    faulty/            a store that fails on demand, for tests
//	    sqlstore/          a store over database/sql, one dialect for each engine
//	    sqlite/ postgres/ mysql/   dialect and driver, each a module of its own
//	    campaign/          the stores under faults, counted: killed writers, stopped servers, full disks
//	  workflow/            WHO MAKES IT HAPPEN: the engine, for cases of any kind
//	    form/              the data of an action, field by field, as a form needs it
//	    clock/             what is asked of clocks and answered, as data
//	    vocabularytest/    what a vocabulary must keep, in a form that runs
//	  report/              the annual report as a page and a spreadsheet, spreadsheets verified; a module of its own
//	    letter/            replies and notices of assignment, from a Word template of the office's own
//	  statistics/          the figures of annual reports: by unit, class, opinion, limit and period, with the cases behind them
//	  honours/             who of the nominated gets a distinction: quota, equals, least shares of kinds
//	  heads/               the heads of a day as one signed digest, kept elsewhere
//	    gm/                SM2 and SM3 (国密) for it, a module of its own
//	consult/               consultation: the front door, and what looks across its rooms: ledgers, quotas, what is overdue
//	  platform/ topic/     platforms and stations; topics, from a clue to the yearly plan
//	  plan/                the plan of a year: drafted, approved, changed, concluded
//	  activity/            consultations: participants, notice, opinions, surveys, minutes, outcomes, publication
//	  checklist/           what was promised: items with owner and due date
//	  minutes/ outcome/ survey/   the minutes and their versions; reports, recommendations, instructions; what was asked
//	  rules/ printed/      what a body words in its own way; what sources print of it
//	  published/           records of consultations read as sources print them
//	  ledger/              the ledger of a year as a workbook, out and in again; a module of its own
//	evaluate/              scoring sheets, cards, outcomes that explain themselves; stands alone
//	  points/ rates/       exact decimals; rates with count and base, printed tables verified
//	  ranking/             places, ties, quotas
//	  agreement/           statistics of agreement among raters
//	  rubric/ problem/     the sheet as data; what is wrong with a sheet or a card
//	  sheets/              ready sheets, as published
//	  appraisal/           a round of appraisal (考评) as a case, from announcement to archive; stands above evaluate
//	examples/              a command line, a desk to click on, worked cases and a benchmark, modules of their own
//
// Imports run one way:
//
//	examples → consult ─┬→ proposal/workflow ─┬→ proposal/lifecycle ─┬→ looplab/fsm
//	        └→ proposal ┘                     │                      └→ proposal/calendar
//	           proposal, consult → evaluate   └→ proposal/store
//	           proposal, consult → proposal/text, proposal/heads → proposal/store
//	           proposal, consult → proposal/erasure → proposal/workflow, proposal/text
//	           evaluate/appraisal → evaluate, proposal/workflow
//
// Packages proposal and consult know each other by ID only, and evaluate knows
// nobody; evaluate/appraisal alone stands on both the engine and the sheets. A
// test holds every import to this drawing, so the rooms can be taken one by one:
// proposal/calendar to count working days, evaluate to score and to print rates,
// proposal/lifecycle for a state machine that explains its refusals,
// proposal/workflow for cases that are neither proposals nor consultations.
//
// # The way of one action
//
// A case changes through one door, Do, and inside there is one way:
//
//  1. load: a copy of the record, with its revision, held against the last entry
//     of its journal: what was edited behind the library's back is not acted on;
//  2. authorise: the actor's roles and their relation to this case are held
//     against the definition the case is pinned to; what it does not name is
//     denied;
//  3. guard: every guard of the transition answers, and a refusal carries all
//     blockers, each with a code and with Chinese and English text;
//  4. apply: the action writes its data on the copy, purely, with time and IDs
//     handed in;
//  5. move: the machine gives the next state;
//  6. journal: an entry says who, when, what and from where to where, sealed
//     with a hash over the entry before; what was said stands beside the seal,
//     which has its digest, so that personal data in it can be erased on demand;
//  7. commit: record, entry and attributes are written together if the revision
//     is still the one loaded. Whoever lost a race begins again at 1.
//
// Each act has a command ID, and the same command twice is one effect. A caller
// whose connection broke asks again.
//
// What happens outside the case (mail, queues, telemetry) hangs on the store's
// feed, or on an observer after the commit; never on this way.
//
// # Words
//
// One word stands for one thing:
//
//	body        本级政协    a conference, to which every case and actor belongs
//	case        件          what the engine moves: a proposal, a platform, an activity
//	definition  流程        a lifecycle as data: states, transitions, tracks, limits
//	stage       环节        what people count; several states share one
//	state       状态        what the machine moves; its meaning is what code reads
//	track       并行线      a small machine beside the main line
//	action      操作        what is done to a case; it fires an event (事项)
//	act         办件行为    one action or more by one actor at one time, all or none of it
//	guard       条件        what must agree before an act
//	part        可见部分    a part of a case that some may see and others not
//	sight       可见范围    who sees which parts, as data; a reader reads by it
//	list        工作清单    cases as people work with them: what waits for one, open parts by due day
//	relation    关系        a role that follows from the case: its proposer, its unit
//	rules       本地规则    what a body words, codes and demands in its own way
//	vocabulary  词汇        what the engine is told of one kind of case
//	limit       时限        by when something must have happened, as data
//	rule        期限        a limit's length, cap and roll, as the calendar counts it
//	clock       计时        a limit at work on one case; a reading tells how it stands
//	timer       计算        what the calendar counts: a rule, a start, pauses, extensions
//	entry       留痕        what one act left in a case's journal; a line is an entry as the store keeps it
//	round       考评        who is scored by whom, by which sheet and until when, as a case
//	timing      提出时间    when a proposal is submitted: at the plenary or between plenaries
//	extension   延期        days added to a clock
//	request     申请        an extension or a pause asked for, until somebody else decides on it
//	lapse       终止计时    the end of a clock whose limit was not met, as when a unit is relieved
//	adoption    制定        a definition or rules adopted by a body as a record, from a day on
//	holding     适用        what holds in a body during a time, and whose it is
//	recorded    录入时间    when an act was written down, beside when it happened
//	grant       授权        a role on a body and all below it
//	feed        总账        the entries of all cases, in order
//	tally       计数        proposals counted by the keys of a dimension
//	figure      数据        a rate of a report, with its base, its rule and the cases behind it
//	item        承办件      one unit's part of a proposal, where units' work is counted
//
// # Where to begin
//
// To handle proposals, proposal.New on a store; to hold consultations, package
// consult; to see both at work, the examples. To read the library, begin with
// proposal/lifecycle, then proposal/store, then proposal/workflow: the other
// rooms are built of these three.
//
// # Your own, without a fork
//
//   - A stage, state, event, role, track or limit is a line in a
//     lifecycle.Definition. Definitions are JSON, have versions, and stay
//     pinned to the cases that run under them; Engine.Migrate moves a case to
//     another, and says so in its journal. A body may also adopt one by an act,
//     from a day on, without a program: Engine.Adopt.
//     A place chooses the keys of states as it likes: code goes by what a state
//     means ("is"), and a state that is like another ("like") has what may be
//     done in that one. New holds every definition against the code behind it
//     and tells all problems at once, each with its place and the nearest right
//     name; so does the command line: tian lifecycle lint --for proposal.
//   - An action is a struct with two methods, Event and Apply
//     (workflow.Action), and joins by one line (workflow.WithAction); from its
//     description a host draws a form and reads it from JSON.
//   - A guard is a function (workflow.Guard), and so is a relation between an
//     actor and a case (workflow.Relation); definitions name both.
//   - A category, refusal reason, answer class or opinion scale is a line in a
//     proposal.Scheme, with versions in which no code in use is lost.
//   - A calendar is a list of notices (calendar.New, or a CSV or iCalendar
//     file).
//   - A store is five methods (store.Store), a database behind database/sql one
//     dialect (sqlstore.Dialect); storetest.Run tells what is wrong with either.
//   - A scoring sheet is a rubric.Rubric; a rule that no sheet has is a
//     function that returns its lines of the ledger.
//   - A case of another kind is a struct with a workflow.Header and a
//     workflow.Vocabulary.
//   - A hash other than SHA-256, such as SM3, is an option (workflow.WithHash).
//
// # What is promised
//
//   - Bad input gets an error that names what is wrong and where, and changes
//     nothing. Errors come with sentinels for errors.Is, structs that carry the
//     facts, and stable codes for transport.
//   - No package reads a clock, keeps state of its own or registers anything on
//     import, and none panics on what it is given to work on: only on a nil
//     context, receiver or function, as a programmer's slip.
//   - What is exported is safe for concurrent use, or says that it is not.
//     Services and engines are, also in many processes on one store.
//   - Keys are stable lower-case ASCII; labels stand beside them in Chinese and
//     English. Journals are in UTC, dates in the zone of the body (本级政协) they
//     belong to.
//   - A year without a published calendar is an error, not a guess. A rate
//     keeps its count and its base. Points are exact decimals, rounded once, at
//     a named step.
//   - Records written by a released version are read by later ones.
//   - The module requires looplab/fsm and google/uuid, and testify in its tests.
//     No driver is downloaded that was not asked for.
//
// # What it is not
//
// It has no user interface, no accounts and no login: the host says who acts and
// decides who may read. It sends no mail. It stores text, not files. A history
// shows that it was tampered with, and nothing is done on a record that its last
// entry did not leave before an administrator has looked at it; what keeps it
// from being replaced as a whole is a copy of its last hash somewhere else.
package tian
