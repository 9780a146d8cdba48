// Package problem tells what is wrong with a rubric or a card of package
// evaluate: each [Problem] has a stable code, a place in the input and a text
// for people, and all problems of an input come together, as a [List].
package problem
