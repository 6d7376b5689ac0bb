package directory_test

import (
	"fmt"
	"testing"

	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/policy"
)

// BenchmarkSelecting is counting the scopes of 100,000 clients that select a group.
func BenchmarkSelecting(b *testing.B) {
	rows := make([]*model.Client, 100_000)
	for i := range rows {
		group := policy.GroupID(fmt.Sprint("group-", i%300))
		rows[i] = model.NewClient(policy.Client{ID: policy.ClientID(fmt.Sprintf("c%06d", i)), Scope: policy.Scope{Groups: []policy.GroupID{"all", group}}}, 1)
	}
	d := &model.Data{Clients: model.NewTable(rows)}
	for b.Loop() {
		directory.Selecting(d, policy.TypeGroup, "group-7")
	}
}
