//go:build race

package evaluate_test

// underRace makes the campaigns shorter: the detector slows them tenfold and
// has nothing to find in the ten-thousandth repetition.
const underRace = true
