package grid

import (
	"cmp"
	"maps"
	"slices"
)

// pointAt notes where the pointer is, below the top of the first row.
func (g *Grid[T]) pointAt(y float32) {
	g.pointed, g.pointer = true, y-g.list.GetScrollOffset()
}

// indexOf returns where the row with the id is, which was last seen at i; -1 if it
// is gone. Without an id it is the row that is at i.
func (g *Grid[T]) indexOf(id string, i int) int {
	if id == "" {
		return i
	}
	return g.chosen.place(id, i)
}

// moved returns by how many places the row has moved on that the admin looks at: the
// one under the pointer, or else the first that is seen. Who looks at the top of the
// list wants to see what comes there.
func (g *Grid[T]) moved() int {
	offset := g.list.GetScrollOffset()
	if g.pressing || g.anew && g.reordered() || !g.pointed && offset == 0 {
		return 0
	}
	look := offset
	if g.pointed {
		look += g.pointer
	}
	return g.shift(int(look / g.pitch()))
}

// reordered reports whether the rows that were awaited have come, and awaits them no
// longer.
func (g *Grid[T]) reordered() bool {
	for row := range g.rows {
		if row.id != g.idAt(row.index) {
			g.anew = false
			return true
		}
	}
	g.anew = g.anew && (len(g.rows) > 0 || g.cfg.Len() == 0)
	return false
}

// shift returns by how many places the rows around index have moved. A row that has
// moved alone says nothing: it is the one that has changed.
func (g *Grid[T]) shift(index int) int {
	by := map[int]int{} // of those that are shown, by where they were
	for row := range g.rows {
		if at := g.chosen.near(row.id, row.index); at >= 0 {
			by[row.index] = at - row.index
		}
	}
	nearest := slices.SortedFunc(maps.Keys(by), func(a, b int) int {
		return cmp.Or(cmp.Compare(distance(a, index), distance(b, index)), cmp.Compare(a, b))
	})
	for _, i := range nearest {
		for _, beside := range []int{i - 1, i + 1} {
			if other, shown := by[beside]; shown && other == by[i] {
				return by[i]
			}
		}
	}
	return 0
}

func distance(a, b int) int { return max(a-b, b-a) }
