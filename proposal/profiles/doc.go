// Package profiles holds ways of handling proposals as places print them, ready to
// be used or to begin from: a lifecycle and the rules beside it, as data, each with
// its source. What a source does not say is as in the definition that the profile
// was derived from, and its note says where it was read into.
//
//	national              the national committee: sectors and groups at the plenary only, objection within a week
//	xiushan_seven, _nine  秀山: seven links with five categories, nine with six
//	county_three_reviews  a county that reviews three times before it files
//	hongkou               虹口: two axes, three results
//	shanghai              上海: a text of three parts, all of which are filled
//	gdszm, hechi          two public systems for a city's proposals
//
// A profile is no place's rule by itself: the place decides what it takes.
package profiles
