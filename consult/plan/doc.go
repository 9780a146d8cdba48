// Package plan is the yearly plan of a body (年度协商计划): drafted from topics that were
// chosen, consulted on, endorsed by the meeting of chairs (主席会议), approved by the
// Party committee (党委), changed during the year with a reason and an approval, and
// concluded with what was held and what was left undone.
//
// A [Plan] is a case, one for a body and a year. Its entries name topics; whether one
// has been consulted on is told by the activities on that topic, so that
// Service.PlanProgress of package consult says how the year stands on any day. An
// entry that is dropped or changed stays in the plan with the days between which it
// was so: [Plan.As] is the plan as it was at the end of a day.
package plan
