package store

import "context"

// Store keeps records with their journals and attributes.
//
// Every method honours ctx: when it ends, the method returns promptly with an
// error that wraps ctx.Err(), and the store stays usable. A Commit whose ctx
// ends while the database is at work may or may not have happened; the caller
// finds out with the command of its entries (see [Line.Command]).
//
// A Store is safe for concurrent use by many goroutines, and a store on a
// shared database by many processes. It neither keeps nor changes the slices
// that it is handed, and what it returns belongs to the caller.
type Store interface {
	// Load returns one record with the last entry of its journal, which is the
	// zero Line when there is none. Both are of one moment. The error matches
	// [ErrNotFound], or [ErrInvalid] for a kind or ID that no record can have.
	Load(ctx context.Context, kind, id string) (Record, Line, error)

	// Commit writes every change, or none of them. A record is created when
	// its Revision is 0 and otherwise replaces the stored record of exactly
	// that revision; either way it is stored with Revision+1.
	//
	// It fails with an error matching ErrExists when a record to create is
	// there already, ErrConflict when a revision is not the stored one,
	// ErrDuplicate when a record's journal holds the command of a new entry,
	// and ErrInvalid when a change is malformed (see [Check]) or its entries do
	// not continue the journal: Seq goes on from the last one stored.
	// A stale revision is reported before anything else about its record; where
	// several records fail, the error is of any one of them. Each comes as a
	// [RecordError].
	// Of n writers that replace one revision exactly one succeeds.
	// Commit of no changes does nothing.
	Commit(ctx context.Context, changes ...Change) error

	// Find returns the records that answer q, in its order.
	Find(ctx context.Context, q Query) ([]Record, error)

	// History returns the journal of one record in order of Seq: at most limit
	// entries (0: all) with Seq > after. The journal of an unknown record is
	// empty.
	History(ctx context.Context, kind, id string, after uint64, limit int) ([]Line, error)

	// Feed returns at most limit entries (0: [DefaultLimit]) of all records
	// with Position > after. Entries of one record follow each other in the
	// order of Seq, those of one commit in the order of its changes, and a commit
	// that began after another had ended comes after it. A reader that asks again from
	// the last position it saw meets every entry exactly once: a position never
	// becomes visible after a later one. Positions may be given when they are
	// first asked for, so that a transaction that stays open keeps no other
	// from writing.
	Feed(ctx context.Context, after uint64, limit int) ([]Line, error)
}

// Record is the present content of one case, or of anything else that has a
// kind and an ID: the store does not look inside.
type Record struct {
	Kind     string // what it is a record of, such as "proposal"
	ID       string // unique within Kind; ordered byte by byte
	Revision uint64 // 1 for a record just created; in a Change, the revision replaced
	Data     []byte // opaque content, at most [MaxBody] bytes; nil is read back as empty
	Index    []Attr // attributes to find it by; order is not kept
}

// Attr is one attribute of a record. A name may occur with several values
// (the units of a proposal); the same pair twice counts once. A list in an order
// of its own is an attribute whose values begin with what is asked for and end
// with what orders, such as a unit and then a due day: [Prefix] and an Order give
// its pages.
type Attr struct {
	Name, Value string
}

// Line is one line of a record's journal, as the store keeps it. It is never
// changed, but for its Data by [Change.Replaced]. What it says is opaque to the
// store: the engine writes its entries into Data.
type Line struct {
	Position uint64 // place in the feed, from 1; known to Feed only, ignored in a Change
	Kind, ID string // the record it belongs to
	Seq      uint64 // place in the record's journal: 1, 2, 3 …
	Command  string // names the act, once per record; "" is not compared
	Data     []byte // opaque content, at most [MaxBody] bytes
	Hash     string // the writer's seal over what in Data may never change; opaque to the store
}

// Change is a record to write and the entries that tell why.
type Change struct {
	Record  Record
	Entries []Line // of this record, with ascending Seq; Kind and ID may be left empty

	// Was are the attributes of the revision that is replaced, as Load returned
	// them, empty when it had none: a store then need not read them again. nil:
	// the store finds out.
	Was []Attr

	// Replaced are lines that are in the record's journal already and get other
	// Data, as when personal data is erased: by their Seq, in ascending order. All
	// else about them stays as it was, and is ignored here. The change brings an
	// entry that says so. Only a [Replacer] heeds it.
	Replaced []Line
}

// Query asks for records of one kind by their attributes.
type Query struct {
	Kind  string
	Where []Match // all of them must hold; none: every record of the kind

	// Order names the attribute to order by: by its value, then the ID; "" orders
	// by ID. A record that has the attribute with several values stands once, at
	// the first that answers every condition on the attribute, and one without
	// such a value is not found.
	Order string
	Desc  bool  // from the last to the first
	After Place // only what comes after it; pages stay stable while others write
	Max   int   // at most so many records; 0: [DefaultLimit]

	// Current asks for what has been committed by now, where a store otherwise
	// finds in a copy that may be behind. Others need not look at it.
	Current bool
}

// Place is where a record stands in the order of a query; see [Query.PlaceOf].
// The zero Place is before every record.
type Place struct {
	Value string // of the attribute that orders; "" in an order by ID
	ID    string
}

// Match is a condition on the attribute Attr. It holds when at least one of
// the attribute's values does.
type Match struct {
	Attr   string
	Op     Op
	Values []string // for Is any number ≥ 1, for the others exactly one

	Any []Match // in place of the rest: one of these must hold; they have no Any themselves
}

// Op says how a Match compares. Comparisons are byte by byte: case-sensitive,
// with no collation. Dates as 2006-01-02 therefore compare as dates.
type Op string

// The comparisons every store answers.
const (
	Is       Op = "is"       // equal to any of Values
	AtLeast  Op = "at_least" // ≥ Values[0]
	Below    Op = "below"    // < Values[0]
	Prefix   Op = "prefix"   // begins with Values[0]
	Contains Op = "contains" // has Values[0] somewhere inside
)
