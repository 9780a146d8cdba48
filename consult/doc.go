// Package consult is consultation (协商): the platforms where it is held, the topics
// it is about, the activities themselves, and what comes of them: checklists
// whose every item has an owner and a due date.
//
// It is a second vocabulary on the engine of package workflow, beside package
// proposal, and imports nothing of that one: a consultation and a proposal refer
// to each other by ID.
//
// [Service] is the front door. It holds three engines, one for each kind of
// case:
//
//   - [Platform] (协商平台): a member station 委员工作站, a consultation room 协商议事室, a
//     forum 委员议事厅, a studio 委员工作室, a platform such as 渝事好商量. It is open,
//     suspended or closed, and may have a [Quota] per year, per quarter, or of
//     days of duty.
//   - [Topic] (协商议题): collected, screened, chosen by criteria or by vote, put
//     into the yearly plan.
//   - [Activity] (协商活动): planned → researched → noticed → held → concluded →
//     published → followed up → closed. Its checklist is part of it: every
//     [Item] has a machine of its own on the track "item".
//
// A case changes by an action only: Activities.Do(ctx, actor, id, consult.Notify{}).
//
// # Checklists
//
// An item lives in its activity, so that an activity and its items change in one
// commit: they are given with the conclusion or not at all, and an activity with
// an open item cannot be closed, whoever works on it at the same time. They are
// found across a county all the same: [Service.Items] by owner and due date,
// [Service.Overdue] for what is late. Whether an item is overdue is never
// stored.
//
// # Time
//
// An activity's lifecycle carries limits: notice 15 and materials 10 working
// days before the day of the activity, minutes within 7 working days after. The
// rules' forms say which of those before the day bind them. A notice that comes
// too late is refused, as is holding the activity without the materials; minutes
// that come late are seen, not refused.
//
// # Figures
//
// [Service.Compliance] holds platforms against their quotas, [Service.RollUp] adds
// everything up over the tree of bodies, and [Service.Ledger] is one platform's
// year (台账): rows for a spreadsheet, and facts that a rubric of package evaluate
// inspects. What a source only prints as a figure is kept as a [Figure] and added
// to nothing.
//
// # What differs between places
//
// Kinds of platforms, forms, criteria, exclusions, outcomes and scales are data:
// [Rules], for each body its own. Lifecycles are data too, and guards of your own
// join by [WithGuard]. The defaults come from published practice as gathered from
// the 人民政协报 and from the sites of committees: see [DefaultRules].
package consult
