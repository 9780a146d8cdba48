//go:build !race

package consult_test

const raceDetector = false
