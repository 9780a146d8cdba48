// Package printed keeps what a source prints about a platform or an activity that
// was not recorded here, in the source's own words: an [Account], with its
// numbers as a [Figure] each. What is printed stands beside what was counted and
// is added to nothing.
package printed
