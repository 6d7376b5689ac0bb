package roster

import (
	"maps"
	"runtime"
	"slices"
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
		all.Go(func() { t.load(slices.SortedFunc(slices.Values(rows), s.order())) })
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

// loadEntries fills an empty tree with the entries of rows, which come by id:
// gathered by text, they are in order without being compared.
func loadEntries[T ~string](t tree[entry], rows []*row, texts func(*row) []T) {
	byText := map[T][]*row{}
	for _, r := range rows {
		for _, text := range texts(r) {
			byText[text] = append(byText[text], r)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(byText)) {
		for _, r := range byText[text] {
			t.set.Load(entry{string(text), r})
		}
	}
}

// loadSome fills an empty tree with those rows that have something.
func loadSome(t tree[*row], rows []*row, has func(*row) bool) {
	some := slices.DeleteFunc(slices.Clone(rows), func(r *row) bool { return !has(r) })
	slices.SortFunc(some, t.compare)
	t.load(some)
}
