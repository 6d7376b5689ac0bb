package admin_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// TestImportIsExactAmongOtherChanges imports while others add a group. Whenever
// an import succeeds, the groups at its revision are those of its document.
func TestImportIsExactAmongOtherChanges(t *testing.T) {
	h := start(t)
	add(t, h, h.Groups(), group("first"))
	exact, conflicts := 0, 0
	for i := 0; i < 40 || exact == 0 || conflicts == 0; i++ {
		mine, other := policy.GroupID(fmt.Sprintf("mine-%d", i)), policy.GroupID(fmt.Sprintf("other-%d", i))
		var both sync.WaitGroup
		both.Go(func() {
			if _, err := h.Groups().Create(t.Context(), ann, admin.Terms{}, group(other)); err != nil {
				t.Error(err)
			}
		})
		done, err := h.Import(t.Context(), ann, admin.Terms{}, api.Document{Directory: directory(mine)}, false)
		both.Wait()
		if policy.CodeOf(err) == policy.Conflict {
			conflicts++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		exact++
		if diff := cmp.Diff([]string{string(mine)}, h.groupsAt(t, done.Revision)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// groupsAt returns the ids of the groups that were stored at a revision.
func (h *house) groupsAt(t *testing.T, revision int64) []string {
	t.Helper()
	c := cluster.Client(t)
	defer c.Close()
	current, err := c.Get(context.WithoutCancel(t.Context()), h.prefix+"live/generation", clientv3.WithRev(revision))
	if err != nil {
		t.Fatal(err)
	}
	folder := h.prefix + "live/g/" + string(current.Kvs[0].Value) + "/groups/"
	answer, err := c.Get(context.WithoutCancel(t.Context()), folder, clientv3.WithPrefix(), clientv3.WithRev(revision))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, kv := range answer.Kvs {
		ids = append(ids, strings.TrimPrefix(string(kv.Key), folder))
	}
	return ids
}
