// Package rules says what a body words, codes and demands in its own way when it
// consults: kinds of platforms and their quotas, forms of consultation, who may
// take part, by which criteria a topic is chosen, what comes of an activity.
//
// [Rules] is data, for each body its own: give it to consult.New with
// workflow.WithRules. [Default] returns rules that come from published practice
// as gathered from the 人民政协报 and from the sites of committees. A key in use is
// never taken out of its list; it is retired, and kept for old records.
//
// What a form or a kind of platform asks of those who take part is written as
// guards of package activity: "parties:member,resident|interested",
// "interested_half", "least:member=3", "share:interested|resident=1/2", "quorum:1/2". What a form binds an activity to beforehand is named by the
// keys of limits in the lifecycle: notice, materials.
package rules
