// Package checklist is the checklist that a consultation ends with (协商清单): its
// items, practical matters (实事) among them, each with an owner and a due date.
//
// A [Task] is an item as it is given. An [Item] is begun, reported on, finished
// with evidence or given up with a reason, confirmed or returned, extended and
// handed on; it keeps who did so, when and why. What is in a wrong state is not
// refused here: an item is part of an activity, and changes through the actions
// of package activity, whose lifecycle has a track for each item.
//
// Whether an item is overdue is never stored: [Item.Late] derives it.
package checklist
