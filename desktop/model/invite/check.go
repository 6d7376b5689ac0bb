package invite

import (
	"context"
	"maps"
	"slices"
	"time"

	"sightline.example/desktop/model/sketch"
)

// around is what rows are held against. It is never changed.
type around struct {
	groups, projects things
	known            func(email string) bool
	zone             *time.Location
}

// reading is what rows are made of, none of which is changed by anybody: all of it
// is done in the background, as there can be many.
type reading struct {
	table     *Table
	mapping   Mapping
	rows      []*Row // nil as long as they have to be taken from the table
	directory *sketch.Directory
	known     func(email string) bool
	zone      *time.Location
}

// readRows is what came of a reading.
type readRows struct {
	rows   []*Row
	places places
	around *around
}

func (in reading) read() readRows {
	a := &around{
		groups: newThings(in.directory.Groups, NoGroup), projects: newThings(in.directory.Projects, NoProject),
		known: in.known, zone: in.zone,
	}
	rows := make([]*Row, len(in.table.rows))
	for i := range rows {
		r := &Row{Line: in.table.lines[i], values: in.table.rows[i]}
		if in.rows != nil {
			r = in.rows[i]
		}
		rows[i] = r.under(in.mapping)
	}
	out := readRows{rows, placesOf(rows), a}
	for i, r := range rows {
		rows[i] = r.read(a, out.places.twice(i, r.address()))
	}
	return out
}

// check reads all rows anew, in the background. What is called for meanwhile is done
// after that.
func (b *Batch) check() {
	if b.reading || b.busy() || b.directory == nil {
		b.again = true
		return
	}
	b.reading, b.again = true, false
	in := reading{b.table, maps.Clone(b.mapping), slices.Clone(b.rows), b.directory, b.known, b.cfg.Zone}
	b.on.Go(func(context.Context) {
		out := in.read()
		b.on.Main(func() { b.install(in, out) })
	})
}

func (b *Batch) install(in reading, out readRows) {
	b.reading = false
	if b.busy() { // what is sent is what was shown
		b.again = true
		return
	}
	now := b.rows
	b.rows, b.places, b.around = out.rows, out.places, out.around
	for i, r := range now {
		if r != in.rows[i] { // it was put right meanwhile
			b.put(i, r.under(in.mapping))
		}
	}
	if b.again {
		b.check()
	} else if b.step == Reading {
		b.step = Assigning
		if _, mapped := b.mapping[Email]; mapped {
			b.step = Checking
		}
	}
	b.OnChange()
}

// put puts a row in the place of another one, and holds it against what is around,
// as those that have to do with it.
func (b *Batch) put(i int, r *Row) {
	was := b.rows[i]
	b.rows[i] = r
	for _, j := range append(b.places.move(i, was.address(), r.address()), i) {
		b.rows[j] = b.rows[j].read(b.around, b.places.twice(j, b.rows[j].address()))
	}
}
