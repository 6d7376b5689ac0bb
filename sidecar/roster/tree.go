package roster

import (
	"iter"
	"strings"

	"github.com/tidwall/btree"
)

// tree is an ordered set that can be copied at once: the copies share what
// neither of them changed. No tree takes locks: those that readers see are never
// changed, nor copied.
type tree[T any] struct {
	set     *btree.BTreeG[T]
	compare func(a, b T) int
}

func newTree[T any](compare func(a, b T) int) tree[T] {
	less := func(a, b T) bool { return compare(a, b) < 0 }
	return tree[T]{btree.NewBTreeGOptions(less, btree.Options{NoLocks: true}), compare}
}

// copy returns a copy that can be changed without changing t.
func (t tree[T]) copy() tree[T] { return tree[T]{t.set.Copy(), t.compare} }

// load adds what comes after all that is there.
func (t tree[T]) load(items []T) {
	for _, item := range items {
		t.set.Load(item)
	}
}

// from returns what is at or after a place.
func (t tree[T]) from(place T) iter.Seq[T] {
	return func(yield func(T) bool) { t.set.Ascend(place, yield) }
}

// walk returns everything after a place, which is nil for the beginning, in
// order or in reverse.
func walk(t tree[*row], after *row, reverse bool) iter.Seq[*row] {
	return func(yield func(*row) bool) {
		beyond := func(r *row) bool { return after != nil && t.compare(r, after) == 0 || yield(r) }
		switch {
		case after == nil && reverse:
			t.set.Reverse(beyond)
		case after == nil:
			t.set.Scan(beyond)
		case reverse:
			t.set.Descend(after, beyond)
		default:
			t.set.Ascend(after, beyond)
		}
	}
}

// entry says that a row has something to do with a text: it contains the word,
// or selects the group or project.
type entry struct {
	text string
	row  *row
}

func compareEntries(a, b entry) int {
	if c := strings.Compare(a.text, b.text); c != 0 {
		return c
	}
	return byID(a.row, b.row)
}

// start is before all rows.
func start() *row { return &row{} }
