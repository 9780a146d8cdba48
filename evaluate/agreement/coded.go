package agreement

import "math"

// coded holds the pairable marks of a table as small whole numbers: marks are
// many, values are few.
type coded struct {
	values   []float64 // by code, in order of first appearance
	tally    []int     // marks by code
	pairable int       // marks in all
	codes    []int32   // the marks, unit after unit, missing ones left out
	sizes    []int     // marks per unit
}

// encode numbers the values of all units with two marks or more.
func encode(r *Ratings) *coded {
	n, units := 0, 0
	for _, given := range r.given {
		if given >= 2 {
			n += given
			units++
		}
	}
	c := &coded{pairable: n, codes: make([]int32, n), sizes: make([]int, 0, units)}
	var book codebook
	next := 0
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		c.sizes = append(c.sizes, given)
		for _, mark := range r.unit(u) {
			if math.IsNaN(mark) { // missing
				continue
			}
			bits := math.Float64bits(mark)
			// The common case by hand: the value sits in its own slot.
			slot := &book.slots[home(bits)]
			code := slot.code - 1
			if code < 0 || slot.bits != bits {
				code = book.code(bits)
			}
			c.codes[next] = code
			next++
		}
	}
	c.values = book.values
	c.tally = make([]int, len(c.values))
	for _, code := range c.codes {
		c.tally[code]++
	}
	return c
}

// eachUnit visits the codes of one unit after the other.
func (c *coded) eachUnit(visit func(codes []int32)) {
	start := 0
	for _, m := range c.sizes {
		visit(c.codes[start : start+m])
		start += m
	}
}

const (
	slotBits = 10
	slots    = 1 << slotBits
	// Above this many values probing would get long, and values chosen to
	// collide could make it slow; the map, whose hash is seeded, takes over.
	slotsInUse = slots / 4
)

// codebook numbers float64 values in order of first appearance.
type codebook struct {
	values []float64
	next   int32 // the code of the next new value
	slots  [slots]struct {
		bits uint64
		code int32 // plus one; 0 is an empty slot
	}
	more map[uint64]int32
}

// home is the slot where a value is looked for first (Fibonacci hashing).
func home(bits uint64) uint64 { return bits * 0x9E3779B97F4A7C15 >> (64 - slotBits) }

func (b *codebook) code(bits uint64) int32 {
	i := home(bits)
	for b.slots[i].code != 0 {
		if b.slots[i].bits == bits {
			return b.slots[i].code - 1
		}
		i = (i + 1) % slots
	}
	if code, ok := b.more[bits]; ok {
		return code
	}
	code := b.next
	b.next++
	b.values = append(b.values, math.Float64frombits(bits))
	switch {
	case code < slotsInUse:
		b.slots[i].bits, b.slots[i].code = bits, code+1
	case b.more == nil:
		b.more = map[uint64]int32{bits: code}
	default:
		b.more[bits] = code
	}
	return code
}
