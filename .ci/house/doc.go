// Package house holds the tests of the repository as a whole: which names stand
// at its top, which room imports which, what each module depends on, how wide a
// package may grow, in what words comments are written, and that the pages for
// readers say what is so.
package house
