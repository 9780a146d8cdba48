// Package clock holds what is asked of the clocks of cases, and what is answered, as
// data: who asks for more time and why, who grants it, what is taken back. The
// engine of package workflow does it; the types go into journals as JSON.
package clock
