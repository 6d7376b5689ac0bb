package feed

import "time"

// State says how far the snapshot may be trusted.
type State string

// The states.
const (
	Starting   State = "starting"    // there is no snapshot yet
	Fresh      State = "fresh"       // the snapshot is current
	FailStatic State = "fail-static" // cut off from the store, but not for long: still answering
	FailClosed State = "fail-closed" // cut off for too long: nothing is answered
)

// freshFor is how old a snapshot is that is called fresh.
const freshFor = 3 * time.Second

// State returns the state and the age of the snapshot: the time since the store
// was asked a question that the snapshot has reached the answer to. The age of
// no snapshot is 0.
func (f *Feed) State() (State, time.Duration) {
	age, ok := f.age()
	switch {
	case !ok:
		return Starting, 0
	case age > f.cfg.MaxStaleness:
		return FailClosed, age
	case age > freshFor:
		return FailStatic, age
	}
	return Fresh, age
}

// Fresh reports whether there is a snapshot that may be answered from: one that
// is at most MaxStaleness old. It takes no lock.
func (f *Feed) Fresh() bool {
	age, ok := f.age()
	return ok && age <= f.cfg.MaxStaleness
}

func (f *Feed) age() (age time.Duration, ok bool) {
	at := f.freshAt.Load()
	if at == never {
		return 0, false
	}
	return f.cfg.Now() - time.Duration(at), true
}
