package invite_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/model/sketch"
)

// large returns a batch with as many rows as it may have, and a directory with many
// groups.
func large(b *testing.B) (*invite.Batch, *sketch.Directory, *asynctest.Pump) {
	var groups []sketch.Thing
	for i := range 2_000 {
		groups = append(groups, sketch.Thing{ID: fmt.Sprint("g", i), Name: fmt.Sprintf("Group %d", i)})
	}
	var text strings.Builder
	text.WriteString("email,groups\n")
	for i := range invite.MaxRows {
		fmt.Fprintf(&text, "guest%d@client.example,Group %d; group %d\n", i, i%2_000, i%7)
	}
	read, err := invite.ReadTable(strings.NewReader(text.String()))
	if err != nil {
		b.Fatal(err)
	}
	pump := asynctest.New(b)
	batch := invite.NewBatch(invite.Config{On: pump, Zone: time.UTC}, read)
	b.Cleanup(batch.Close)
	directory := sketch.NewDirectory(groups, nil)
	batch.SetDirectory(directory, nobody)
	pump.Settle()
	if n := batch.Count(invite.Waiting); n != invite.MaxRows {
		b.Fatalf("%d rows are right", n)
	}
	return batch, directory, pump
}

// BenchmarkRead is what all rows cost, in the background.
func BenchmarkRead(b *testing.B) {
	batch, directory, pump := large(b)
	for b.Loop() {
		batch.SetDirectory(directory, nobody)
		pump.Settle()
	}
}

// BenchmarkKey is what a key in the field of a row costs.
func BenchmarkKey(b *testing.B) {
	batch, _, _ := large(b)
	i := 0
	for b.Loop() {
		i++
		batch.Set(5_000, invite.Email, fmt.Sprintf("ann%d@client.example", i))
	}
}
