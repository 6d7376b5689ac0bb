package store_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	chain "sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
)

func auditKey(n int) string { return fmt.Sprintf("audit/%020d", n) }

// commits makes n audit records.
func commits(t testing.TB, s *store.Store, n int) {
	t.Helper()
	for range n {
		if _, err := s.Commit(t.Context(), audit(), nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAuditRecordsAreAChain(t *testing.T) {
	s := open(t)
	var revisions []int64
	for i := range 5 {
		id := fmt.Sprint(i)
		revisions = append(revisions, commit(t, s, s.Groups().Create(id, group(id, "Design"))).Revision)
	}
	if n, err := s.VerifyAudit(t.Context()); n != 5 || err != nil {
		t.Fatalf("%d records, %v", n, err)
	}
	page, err := s.AuditRecords(t.Context(), 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range page.Items {
		got = append(got, fmt.Sprint(r.Seq, " at ", r.Revision))
		if diff := cmp.Diff(audit(), r.Entry); diff != "" {
			t.Error(diff)
		}
	}
	want := []string{fmt.Sprint("2 at ", revisions[1]), fmt.Sprint("3 at ", revisions[2]), fmt.Sprint("4 at ", revisions[3])}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheLogIsReadAsItIsStored(t *testing.T) {
	s := open(t)
	commits(t, s, 3)
	log, err := s.AuditLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	commits(t, s, 1) // after the log was taken
	values := shared.Values(t, prefix(t))
	n := 1
	for stored, err := range log.Lines(t.Context(), 1) {
		n++
		if err != nil || string(stored) != values[prefix(t)+auditKey(n)] {
			t.Errorf("record %d is %s, %v", n, stored, err)
		}
	}
	if n != 3 || log.Head.Seq != 3 {
		t.Errorf("it ends with %d, the head is %v", n, log.Head)
	}
}

func TestTamperedAuditRecordsShow(t *testing.T) {
	edit := func(t *testing.T, n int) {
		text := shared.Values(t, prefix(t))[prefix(t)+auditKey(n)]
		shared.Put(t, prefix(t)+auditKey(n), strings.Replace(text, "Olga", "Eve", 1))
	}
	tests := []struct {
		name   string
		tamper func(t *testing.T)
		want   string
	}{
		{"changed", func(t *testing.T) { edit(t, 2) }, "audit record 2 was changed"},
		{"removed", func(t *testing.T) { shared.Delete(t, prefix(t)+auditKey(2)) }, "audit record 2 is missing"},
		{"swapped", func(t *testing.T) {
			values := shared.Values(t, prefix(t))
			shared.Put(t, prefix(t)+auditKey(2), values[prefix(t)+auditKey(3)])
			shared.Put(t, prefix(t)+auditKey(3), values[prefix(t)+auditKey(2)])
		}, "audit record 2 is out of order"},
		{"cut off", func(t *testing.T) { shared.Delete(t, prefix(t)+auditKey(4)) }, "audit record 4 is missing: the end was cut off"},
		{"the last one changed", func(t *testing.T) { edit(t, 4) }, "audit record 4 is not the one the head names"},
		{"one too many", func(t *testing.T) {
			shared.Put(t, prefix(t)+auditKey(5), `{"seq":5,"prev":"`+chain.Hash([]byte(shared.Values(t, prefix(t))[prefix(t)+auditKey(4)]))+`"}`)
		}, "audit record 5 was inserted"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			commits(t, s, 4)
			test.tamper(t)
			if _, err := s.VerifyAudit(t.Context()); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestAnAnchorShowsWhatTheHeadHides(t *testing.T) {
	s := open(t)
	commits(t, s, 4)
	log, err := s.AuditLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// Somebody with all of the store rewrites it from the third record on.
	values := shared.Values(t, prefix(t))
	last := chain.Anchor{Seq: 2, Hash: chain.Hash([]byte(values[prefix(t)+auditKey(2)]))}
	for last.Seq < 4 {
		forged := audit()
		forged.Detail = "forged"
		stored, next, err := last.Next(forged, nil)
		if err != nil {
			t.Fatal(err)
		}
		shared.Put(t, prefix(t)+auditKey(int(next.Seq)), string(stored))
		last = next
	}
	head, err := json.Marshal(last)
	if err != nil {
		t.Fatal(err)
	}
	shared.Put(t, prefix(t)+"audit/head", string(head))

	if _, err := s.VerifyAudit(t.Context()); err != nil {
		t.Errorf("the chain itself is right, but: %v", err)
	}
	const want = "audit record 4 is not the one the anchor names"
	if _, err := s.VerifyAudit(t.Context(), log.Head); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAnchorsAreToldOutsideOfTheStore(t *testing.T) {
	var told bytes.Buffer
	s, err := store.OpenCluster(t.Context(), store.ClusterConfig{
		Endpoints: []string{shared.Endpoint()}, Prefix: prefix(t), Log: slog.New(slog.NewTextHandler(&told, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	shared.Open(t, prefix(t)) // removes what this test wrote
	count := func() int { return strings.Count(told.String(), "audit anchor") }
	if err := s.LogAnchor(t.Context()); err != nil || count() != 0 {
		t.Errorf("of an empty log, %d anchors were told: %v", count(), err)
	}
	commits(t, s, 1001)
	if count() != 2 {
		t.Errorf("after 1001 records %d anchors were told, want the first and the last", count())
	}
	commits(t, s, 1)
	for range 2 {
		if err := s.LogAnchor(t.Context()); err != nil || count() != 3 {
			t.Errorf("asked to, it told %d anchors, want one more: %v", count(), err)
		}
	}
	log, err := s.AuditLog(t.Context())
	if err != nil || !strings.Contains(told.String(), "anchor="+log.Head.String()) {
		t.Errorf("%v, %v was not told: %s", err, log.Head, told.String())
	}
}

func TestUnreadableHeadsAndTailsAreErrors(t *testing.T) {
	for _, name := range []string{"audit/head", "audit/tail"} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			commits(t, s, 1)
			shared.Put(t, prefix(t)+name, "{")
			if _, err := s.VerifyAudit(t.Context()); policy.CodeOf(err) != policy.Internal {
				t.Errorf("got %v", err)
			}
		})
	}
}

// BenchmarkVerifyAudit checks records that are in etcd.
func BenchmarkVerifyAudit(b *testing.B) {
	const records = 20_000
	s := shared.Open(b, "/"+b.Name()+"/")
	var last chain.Anchor
	for range records {
		stored, next, err := last.Next(audit(), nil)
		if err != nil {
			b.Fatal(err)
		}
		shared.Put(b, fmt.Sprintf("/%s/%s", b.Name(), auditKey(int(next.Seq))), string(stored))
		last = next
	}
	head, err := json.Marshal(last)
	if err != nil {
		b.Fatal(err)
	}
	shared.Put(b, "/"+b.Name()+"/audit/head", string(head))
	for b.Loop() {
		if n, err := s.VerifyAudit(b.Context()); n != records || err != nil {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(b.N)*records/b.Elapsed().Seconds(), "records/s")
}
