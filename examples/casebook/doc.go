// Package casebook runs the places of one article through the library, one file
// each: what a place of the 人民政协报 does with proposals or consultations, as an
// example whose printed figures come from running it.
//
// README.md lists the places with what each shows. What the article does not
// print (days, persons, how figures spread over platforms) is this book's own
// illustration, and each file says so.
package casebook
