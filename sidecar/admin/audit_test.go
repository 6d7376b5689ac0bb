package admin_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

func TestAuditTellsWhoDidWhat(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Groups(), group("design"))
	next, err := h.Groups().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "design", policy.Group{Name: "Print"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Groups().Delete(t.Context(), ann, admin.Terms{Revision: next.Revision}, "design"); err != nil {
		t.Fatal(err)
	}
	first, err := h.Audit(t.Context(), auditor, audit.Query{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.Audit(t.Context(), auditor, audit.Query{After: first.Next, Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent([]api.AuditPage{first, second}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	// The hashes are the store's own business.
	got := regexp.MustCompile(`"[0-9a-f]{64}"`).ReplaceAllString(string(text), `"HASH"`)
	got = regexp.MustCompile(`"revision": [1-9][0-9]*`).ReplaceAllString(got, `"revision": "REVISION"`)
	const want = `[
 {
  "items": [
   {
    "seq": 1,
    "prev": "",
    "at": "2026-01-02T03:04:05Z",
    "actor": {
     "type": "key",
     "id": "owner",
     "name": "owner",
     "role": "owner"
    },
    "action": "create",
    "kind": "groups",
    "id": "design",
    "after": {
     "id": "design",
     "name": "Group design"
    },
    "revision": "REVISION"
   },
   {
    "seq": 2,
    "prev": "HASH",
    "at": "2026-01-02T03:04:05Z",
    "actor": {
     "type": "key",
     "id": "admin",
     "name": "admin",
     "role": "admin"
    },
    "action": "replace",
    "kind": "groups",
    "id": "design",
    "before": {
     "id": "design",
     "name": "Group design"
    },
    "after": {
     "id": "design",
     "name": "Print"
    },
    "revision": "REVISION"
   }
  ],
  "next": 2
 },
 {
  "items": [
   {
    "seq": 3,
    "prev": "HASH",
    "at": "2026-01-02T03:04:05Z",
    "actor": {
     "type": "key",
     "id": "admin",
     "name": "admin",
     "role": "admin"
    },
    "action": "delete",
    "kind": "groups",
    "id": "design",
    "before": {
     "id": "design",
     "name": "Print"
    },
    "revision": "REVISION"
   }
  ]
 }
]`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoUpdateIsLost(t *testing.T) {
	h := start(t)
	const writers = 64
	add(t, h, h.Groups(), policy.Group{ID: "design", Name: "-"})
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() { appendName(t, h, fmt.Sprintf("%02d", i)) })
	}
	all.Wait()
	got, err := h.Groups().Get(t.Context(), ann, "design")
	if err != nil {
		t.Fatal(err)
	}
	// Each writer adds two digits to what it has seen.
	if len(got.Value.Name) != 1+2*writers {
		t.Errorf("the name is %q, of %d bytes; want %d", got.Value.Name, len(got.Value.Name), 1+2*writers)
	}
	if got := h.records(t); got != 1+writers {
		t.Errorf("there are %d audit records, want %d", got, 1+writers)
	}
}

// appendName adds to the name of the group, again and again until nobody else
// was faster.
func appendName(t *testing.T, h *house, text string) {
	for {
		seen, err := h.Groups().Get(t.Context(), ann, "design")
		if err != nil {
			t.Error(err)
			return
		}
		v := seen.Value
		v.Name += text
		_, err = h.Groups().Replace(t.Context(), ann, admin.Terms{Revision: seen.Revision}, "design", v)
		if err == nil {
			return
		}
		if policy.CodeOf(err) != policy.Stale {
			t.Error(err)
			return
		}
	}
}
