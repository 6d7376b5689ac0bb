package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Table is all entities of a kind, by id. It is never changed, so that work in
// the background can read it.
type Table[T entity[T]] struct{ rows []*T }

// NewTable returns a table of the rows, which are sorted by their ids.
func NewTable[T entity[T]](rows []*T) Table[T] {
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, func(a, b *T) int { return strings.Compare((*a).key(), (*b).key()) })
	return Table[T]{sorted}
}

// Len returns how many there are.
func (t Table[T]) Len() int { return len(t.rows) }

// All returns all of them by id. The list is not to be changed.
func (t Table[T]) All() []*T { return t.rows }

// Find returns the one with the id, or nil.
func (t Table[T]) Find(id string) *T {
	i, found := slices.BinarySearchFunc(t.rows, id, func(row *T, id string) int { return cmp.Compare((*row).key(), id) })
	if !found {
		return nil
	}
	return t.rows[i]
}

// same reports whether t is the table that other is, or was made of it by no
// change.
func (t Table[T]) same(other Table[T]) bool {
	return len(t.rows) == len(other.rows) && (len(t.rows) == 0 || &t.rows[0] == &other.rows[0])
}

// with returns a table in which the ids stand for these rows; nil takes one out.
func (t Table[T]) with(changes map[string]*T) Table[T] {
	if len(changes) == 0 {
		return t
	}
	next := make([]*T, 0, len(t.rows)+len(changes))
	rest := t.rows
	for _, id := range slices.Sorted(maps.Keys(changes)) {
		n, found := slices.BinarySearchFunc(rest, id, func(row *T, id string) int { return cmp.Compare((*row).key(), id) })
		next = append(next, rest[:n]...)
		if changes[id] != nil {
			next = append(next, changes[id])
		}
		rest = rest[n:]
		if found {
			rest = rest[1:]
		}
	}
	return Table[T]{append(next, rest...)}
}
