//go:build race

package consult_test

// raceDetector says that everything takes ten times as long.
const raceDetector = true
