package admin_test

import (
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
)

func TestAuditLinesAreTheChainAsItIsStored(t *testing.T) {
	h := start(t)
	for _, id := range []policy.GroupID{"a", "b", "c", "d"} {
		add(t, h, h.Groups(), group(id))
	}
	first, err := h.AuditLines(t.Context(), auditor, 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := h.AuditLines(t.Context(), auditor, 3, 3)
	if err != nil {
		t.Fatal(err)
	}
	lines := audit.Lines(strings.NewReader(string(first.Text) + string(rest.Text)))
	if found, err := (audit.Chain{Head: &first.Head}).Verify(lines); found.Records != 4 || err != nil {
		t.Errorf("got %+v, %v", found, err)
	}
	if n := strings.Count(string(first.Text), "\n"); n != 3 {
		t.Errorf("the first part has %d records, want 3", n)
	}
}

func TestAuditTellsWhatIsArchived(t *testing.T) {
	h := start(t)
	for _, id := range []policy.GroupID{"a", "b", "c", "d"} {
		add(t, h, h.Groups(), group(id))
	}
	if _, err := h.store.ArchiveAudit(t.Context(), t.TempDir(), 1); err != nil {
		t.Fatal(err)
	}
	page, err := h.Audit(t.Context(), auditor, audit.Query{Limit: 1})
	if err != nil || page.ArchivedThrough != 3 || page.Items[0].Seq != 4 || page.Next != 4 {
		t.Errorf("got %+v, %v", page, err)
	}
	lines, err := h.AuditLines(t.Context(), auditor, 0, 10)
	if err != nil || lines.Tail.Seq != 3 || lines.Head.Seq != 5 || strings.Count(string(lines.Text), "\n") != 2 {
		t.Errorf("got %+v, %v", lines, err)
	}
	_, err = h.AuditLines(t.Context(), auditor, 2, 10)
	wantCode(t, err, policy.NotFound)
	for _, limit := range []int{0, 1001} {
		_, err = h.AuditLines(t.Context(), auditor, 0, limit)
		wantCode(t, err, policy.Invalid)
	}
	_, err = h.AuditLines(t.Context(), policy.Caller{Type: policy.SubjectKey, ID: "app", Role: policy.RoleApp}, 0, 10)
	wantCode(t, err, policy.Forbidden)
}

func TestAuditLinesAreNotTooManyAtOnce(t *testing.T) {
	h := start(t)
	const n, size = 25, 200 << 10
	for range n {
		if _, err := h.store.Commit(t.Context(), store.Audit{Detail: strings.Repeat("x", size)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := h.AuditLines(t.Context(), auditor, 0, n)
	if got := strings.Count(string(lines.Text), "\n"); got != 21 || err != nil {
		t.Errorf("it has %d records of 200 KiB (%v), want the 21 that make 4 MiB", got, err)
	}
}
