package model_test

import (
	"slices"
	"testing"

	"sightline.example/desktop/model"
)

// many is how many clients lists have to be quick with.
const many = 100_000

// TestASearchMakesNothingPerClient holds searching to looking: what names and
// addresses are searched by is made when they change.
func TestASearchMakesNothingPerClient(t *testing.T) {
	d := company(many)
	q := model.Query{Order: model.Order{By: model.SortName}}
	last := model.List(d, nil, q, noon, nil)
	q.Search = "acme ba"
	made := testing.AllocsPerRun(3, func() {
		if found := model.List(d, nil, q, noon, last); len(found.Rows) != 16_667 {
			t.Fatalf("found %d", len(found.Rows))
		}
	})
	if made > 100 { // the list of those that are found grows
		t.Errorf("a search makes %v objects", made)
	}
}

func BenchmarkSearch(b *testing.B) {
	d := company(many)
	q := model.Query{Order: model.Order{By: model.SortName}}
	last := model.List(d, nil, q, noon, nil)
	q.Search = "acme ba"
	for b.Loop() {
		model.List(d, nil, q, noon, last)
	}
}

func BenchmarkSort(b *testing.B) {
	d := company(many)
	for b.Loop() {
		model.List(d, nil, model.Query{Order: model.Order{By: model.SortName}}, noon, nil)
	}
}

// BenchmarkChange is what one changed client costs a list.
func BenchmarkChange(b *testing.B) {
	d := company(many)
	q := model.Query{Order: model.Order{By: model.SortName}}
	last := model.List(d, nil, q, noon, nil)
	next := *d
	rows := slices.Clone(d.Clients.All())
	rows[77] = someone(77, "Zebra")
	next.Clients = model.NewTable(rows)
	for b.Loop() {
		model.List(&next, nil, q, noon, last)
	}
}
