// Package consult is consultation (协商): the platforms where it is held, the topics
// it is about, the activities themselves, and what comes of them: checklists
// whose every item has an owner and a due date.
//
// It is a second vocabulary on the engine of package workflow, beside package
// proposal, and imports nothing of that one: a consultation and a proposal refer
// to each other by ID.
//
// [Service] is the front door. It holds four engines, one for each kind of
// case, and each kind has a room of its own:
//
//   - platform (协商平台): the stations, rooms and forums where consultations are
//     held, with their quotas, days of duty and inspections;
//   - topic (协商议题): collected, screened, chosen by criteria or by vote, put into
//     the yearly plan;
//   - plan (年度协商计划): drafted from topics, consulted on, endorsed, approved, changed
//     in the year, concluded;
//   - activity (协商活动): planned → researched → noticed → held → concluded →
//     published → followed up → closed.
//
// More rooms are below these: checklist, the items with owner and due date that an
// activity ends with; minutes, outcome and survey, other parts of it; rules, what a body words and demands in its own
// way; printed, what a source prints of what was not recorded here. Package
// published, above, brings published records in.
//
// A case changes by an action only: Activities.Do(ctx, actor, id, activity.Notify{}).
//
// # Across the rooms
//
// Checklist items are found across a county: [Service.Items] by owner and due
// date, [Service.Overdue] for what is late. Whether an item is overdue is never
// stored. [Service.OfProposal], [Service.OnTopic] and [Service.YearPlan] find
// activities and topics; [Service.PlanProgress] tells how the plan of a year stands.
//
// # Figures
//
// [Service.Compliance] holds platforms against their quotas, [Service.RollUp] adds
// everything up over the tree of bodies, [Service.FiguresBy] divides it by platform,
// form, kind, tier or body, [Service.YearOnYear] holds two years against each other.
// [Service.Ledger] is one platform's year (台账), with facts that a rubric of package
// evaluate inspects, [Service.YearLedger] that of a body, which package ledger writes
// as a spreadsheet. Each is as of the end of a day: platforms, activities and items
// are read as they stood then, so that a report can be printed again. What a source
// only prints as a figure is kept as a printed.Figure and added to nothing.
//
// # Erasing personal data
//
// Every kind of case has the actions AskErasure, Erase and RefuseErasure of package
// erasure: who was there, what was said and whatever else people wrote is taken out of
// the case and its history (个人信息保护法 §47). In the lifecycles shipped the office and
// committees ask, for people without an account too, and of activities, platforms and
// topics also those who convene them, were there or raised them; somebody of a committee
// who did not ask decides. Each case is erased by itself: the title of a topic stands in
// the plan of the year too.
//
// # What differs between places
//
// Kinds of platforms, forms, criteria, exclusions, outcomes and scales are data:
// rules.Rules, for each body its own. Lifecycles are data too, and guards of your
// own join by workflow.WithGuard. The defaults come from published practice as
// gathered from the 人民政协报 and from the sites of committees: see rules.Default.
package consult
