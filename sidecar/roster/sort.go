package roster

import "cmp"

// Sort is what a list is ordered by. Clients of which that is the same come by
// id. Those whose value can't be read come after all others, unless the order is
// by id.
type Sort string

// The sorts.
const (
	ByID      Sort = "id"
	ByName    Sort = "name"    // by the Unicode collation, without regard to case, numbers by their value
	ByEmail   Sort = "email"   // without regard to case
	ByStatus  Sort = "status"  // invited, active, suspended, expired
	ByMode    Sort = "mode"    // groups, projects, both, none
	BySeen    Sort = "seen"    // those who never were first, then the longest ago
	ByChanged Sort = "changed" // the longest ago first
	ByCreated Sort = "created" // likewise
)

// Sorts returns all sorts.
func Sorts() []Sort {
	return []Sort{ByID, ByName, ByEmail, ByStatus, ByMode, BySeen, ByChanged, ByCreated}
}

// order compares two rows. Only rows of the same id are equal.
type order func(a, b *row) int

// order returns the order of s.
func (s Sort) order() order {
	if text := s.text(); text != nil {
		return by(text)
	}
	if number := s.number(); number != nil {
		return by(number)
	}
	return byID
}

// text returns where in a row the key of s is, if that is a text.
func (s Sort) text() func(*row) *string {
	switch s {
	case ByName:
		return func(r *row) *string { return &r.key }
	case ByEmail:
		return func(r *row) *string { return &r.email }
	}
	return nil
}

// number returns where in a row the key of s is, if that is a number.
func (s Sort) number() func(*row) *int64 {
	switch s {
	case ByStatus:
		return func(r *row) *int64 { return &r.standing }
	case ByMode:
		return func(r *row) *int64 { return &r.mode }
	case BySeen:
		return func(r *row) *int64 { return &r.seen }
	case ByChanged:
		return func(r *row) *int64 { return &r.changed }
	case ByCreated:
		return func(r *row) *int64 { return &r.created }
	}
	return nil
}

func byID(a, b *row) int { return cmp.Compare(a.id, b.id) }

func byUntil(a, b *row) int {
	if c := a.until.Compare(b.until); c != 0 {
		return c
	}
	return byID(a, b)
}

func by[T cmp.Ordered](key func(*row) *T) order {
	return func(a, b *row) int {
		if a.broken != b.broken {
			return compareBroken(a, b)
		}
		if c := cmp.Compare(*key(a), *key(b)); c != 0 {
			return c
		}
		return byID(a, b)
	}
}

// compareBroken puts the one of two rows that can't be read last.
func compareBroken(a, b *row) int {
	switch {
	case a.broken == b.broken:
		return 0
	case a.broken:
		return 1
	}
	return -1
}
