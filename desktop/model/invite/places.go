package invite

import "slices"

// places are the rows in which an address stands, in their order.
type places map[string][]int

// placesOf returns where the addresses in the rows stand.
func placesOf(rows []*Row) places {
	p := places{}
	for i, r := range rows {
		p[r.address()] = append(p[r.address()], i)
	}
	return p
}

// twice reports whether the address of a row stands in one before it.
func (p places) twice(row int, address string) bool { return p[address][0] < row }

// move says that a row has another address now. It returns the other rows of which
// another one is the first because of that.
func (p places) move(row int, from, to string) (touched []int) {
	if from == to {
		return nil
	}
	at, _ := slices.BinarySearch(p[from], row)
	p[from] = slices.Delete(p[from], at, at+1)
	if at == 0 && len(p[from]) > 0 {
		touched = append(touched, p[from][0])
	}
	at, _ = slices.BinarySearch(p[to], row)
	p[to] = slices.Insert(p[to], at, row)
	if at == 0 && len(p[to]) > 1 {
		touched = append(touched, p[to][1])
	}
	return touched
}
