// Package platform is the places where consultations are held (协商平台): a member
// station 委员工作站, a consultation room 协商议事室, a forum 委员议事厅, a studio
// 委员工作室, a platform such as 渝事好商量.
//
// A [Platform] is a case: established, suspended and resumed, closed, or merged
// into another. It is one platform when it moves or changes its convenor, its kind or
// its name, and [Platform.As] is what it was on any day. It logs its
// days of duty and its inspections, and quotes what sources say of it. It may be
// held to a quota, its own or that of its kind in the rules of its body;
// [Platform.Targets] works out what is due by a day. Whether the quota is kept is
// told by package consult, which knows the activities.
package platform
