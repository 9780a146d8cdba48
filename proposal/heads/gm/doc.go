// Package gm signs heads with SM2 and hashes with SM3, the state's algorithms
// (国密; GB/T 32918 and GB/T 32905), by github.com/emmansun/gmsm. It is a module of
// its own, so that nobody downloads it who did not ask for it.
//
// [SM3] goes into a tree of heads, and its Make into an engine:
// workflow.WithHash("sm3", gm.SM3().Make).
package gm
