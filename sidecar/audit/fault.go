package audit

import "fmt"

// Fault is the first record that is not what it was when it was written. With
// the chain alone, a record that was changed can't always be told from one that
// was put in its place.
type Fault struct {
	Seq  uint64 // the record's number
	Kind FaultKind
}

// FaultKind says what is wrong with a record.
type FaultKind string

// What can be wrong.
const (
	Changed     FaultKind = "was changed"
	Missing     FaultKind = "is missing"
	Inserted    FaultKind = "was inserted"
	OutOfOrder  FaultKind = "is out of order"
	CutOff      FaultKind = "is missing: the end was cut off"
	NotJSON     FaultKind = "is not JSON"
	WrongHead   FaultKind = "is not the one the head names"
	WrongAnchor FaultKind = "is not the one the anchor names"
	Unread      FaultKind = "has an anchor, but comes before the records that were read"
)

// Error implements the error interface.
func (f *Fault) Error() string { return fmt.Sprintf("audit record %d %s", f.Seq, f.Kind) }
