package roster

import (
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"sightline.example/policy"
)

// build returns the index of data. Whatever can be done at the same time is:
// all who wait for the snapshot wait for it.
func build(d *policy.Data, now time.Time) *index {
	x := newIndex(d)
	rows := rowsOf(d, now)
	var all sync.WaitGroup
	for s, t := range x.sorted {
		all.Go(func() { loadSorted(t, s, rows) })
	}
	all.Go(func() { loadEntries(x.terms, rows, (*row).terms) })
	all.Go(func() { loadEntries(x.groups, rows, (*row).groups) })
	all.Go(func() { loadEntries(x.projects, rows, (*row).projects) })
	all.Go(func() { loadSome(x.until, rows, (*row).ends) })
	all.Go(func() { loadSome(x.casts, rows, (*row).casts) })
	all.Wait()
	for _, r := range rows {
		x.counts.add(r, 1)
		x.settleReferences(r)
	}
	x.settled, x.window = now, x.windowAt(now)
	return x
}

// rowsOf returns the rows of all clients, by id.
func rowsOf(d *policy.Data, now time.Time) []*row {
	ids := slices.Sorted(d.ClientIDs())
	rows := make([]*row, len(ids))
	var all sync.WaitGroup
	for part := range slices.Chunk(rows, max(1, len(rows)/runtime.GOMAXPROCS(0)+1)) {
		mine := ids[:len(part)]
		ids = ids[len(part):]
		all.Go(func() {
			c := newCollation()
			for i, id := range mine {
				part[i], _ = newRow(d, id, now, c)
			}
		})
	}
	all.Wait()
	return rows
}

// loadSorted fills an empty tree with rows, which come by id. The keys are put
// next to each other first: comparing them where the rows are, all over memory,
// takes twice as long.
func loadSorted(t tree[*row], by Sort, rows []*row) {
	if text := by.text(); text != nil {
		t.load(sorted(rows, text))
	} else if number := by.number(); number != nil {
		t.load(sorted(rows, number))
	} else {
		t.load(rows)
	}
}

// keyed is a row with the key it is sorted by and its place by id.
type keyed[K cmp.Ordered] struct {
	key   K
	place int
	row   *row
}

func sorted[K cmp.Ordered](rows []*row, key func(*row) *K) []*row {
	list := make([]keyed[K], len(rows))
	for i, r := range rows {
		list[i] = keyed[K]{*key(r), i, r}
	}
	slices.SortFunc(list, func(a, b keyed[K]) int {
		if a.row.broken != b.row.broken {
			return compareBroken(a.row, b.row)
		}
		if c := cmp.Compare(a.key, b.key); c != 0 {
			return c
		}
		return a.place - b.place
	})
	inOrder := make([]*row, len(list))
	for i := range list {
		inOrder[i] = list[i].row
	}
	return inOrder
}

// found is an entry with the beginning of its text as a number, which tells most
// texts apart, and the place of its row by id.
type found struct {
	head  uint64
	place int
	entry
}

// loadEntries fills an empty tree with the entries of rows, which come by id.
func loadEntries[T ~string](t tree[entry], rows []*row, texts func(*row) []T) {
	var list []found
	for i, r := range rows {
		for _, text := range texts(r) {
			list = append(list, found{head(string(text)), i, entry{string(text), r}})
		}
	}
	slices.SortFunc(list, func(a, b found) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		if c := strings.Compare(a.text, b.text); c != 0 {
			return c
		}
		return a.place - b.place
	})
	for i := range list {
		t.set.Load(list[i].entry)
	}
}

// head returns the first eight bytes of a text as a number of the same order.
func head(text string) uint64 {
	var first [8]byte
	copy(first[:], text)
	return binary.BigEndian.Uint64(first[:])
}

// loadSome fills an empty tree with those rows that have something.
func loadSome(t tree[*row], rows []*row, has func(*row) bool) {
	some := slices.DeleteFunc(slices.Clone(rows), func(r *row) bool { return !has(r) })
	slices.SortFunc(some, t.compare)
	t.load(some)
}
