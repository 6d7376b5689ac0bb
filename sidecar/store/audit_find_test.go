package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	chain "sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
)

// numbered commits n audit records whose detail is "odd" or "even".
func numbered(t *testing.T, s *store.Store, n int) {
	t.Helper()
	for i := 1; i <= n; i++ {
		a := audit()
		a.Detail = []string{"even", "odd"}[i%2]
		mustCommit(t, s, a)
	}
}

// pages returns the numbers of all records that q wants, and how many pages it
// took.
func pages(t *testing.T, s *store.Store, q chain.Query) (numbers []uint64, n int) {
	t.Helper()
	for n = 1; ; n++ {
		page, err := s.FindAudit(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			numbers = append(numbers, r.Seq)
		}
		if len(page.Items) > q.Limit {
			t.Fatalf("a page has %d records, want %d at most", len(page.Items), q.Limit)
		}
		if page.Next == 0 {
			return numbers, n
		}
		q.After = page.Next
	}
}

func TestAuditRecordsAreFoundInBothOrders(t *testing.T) {
	s := open(t)
	numbered(t, s, 9)
	for _, c := range []struct {
		q     chain.Query
		want  []uint64
		pages int
	}{
		{chain.Query{Limit: 4}, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9}, 3},
		{chain.Query{Limit: 3}, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9}, 3},
		{chain.Query{Limit: 4, Descending: true}, []uint64{9, 8, 7, 6, 5, 4, 3, 2, 1}, 3},
		{chain.Query{Limit: 2, Text: "ODD"}, []uint64{1, 3, 5, 7, 9}, 3},
		{chain.Query{Limit: 2, Text: "odd", Descending: true}, []uint64{9, 7, 5, 3, 1}, 3},
		{chain.Query{Limit: 9, After: 6}, []uint64{7, 8, 9}, 1},
		{chain.Query{Limit: 9, After: 4, Descending: true}, []uint64{3, 2, 1}, 1},
		{chain.Query{Limit: 9, After: 1, Descending: true}, nil, 1},
		{chain.Query{Limit: 9, After: 9}, nil, 1},
		{chain.Query{Limit: 1, After: 1 << 40}, nil, 1},
		{chain.Query{Limit: 9, After: 1 << 40, Descending: true}, []uint64{9, 8, 7, 6, 5, 4, 3, 2, 1}, 1},
	} {
		got, n := pages(t, s, c.q)
		if !slices.Equal(got, c.want) || n != c.pages {
			t.Errorf("%+v: got %v on %d pages, want %v on %d", c.q, got, n, c.want, c.pages)
		}
	}
}

func TestASearchOfTheAuditLogLooksAtSoMuchAndNoMore(t *testing.T) {
	s := open(t)
	const n = 5_250
	fill(t, s, n)
	for _, descending := range []bool{false, true} {
		q := chain.Query{Limit: 10, Text: "record 1.", Descending: descending}
		first, err := s.FindAudit(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]uint64{false: 5_000, true: 251}[descending]; first.Next != want {
			t.Errorf("descending %t: it ends at %d, want %d", descending, first.Next, want)
		}
		got, pages := pages(t, s, q)
		if !slices.Equal(got, []uint64{1}) || pages != 2 {
			t.Errorf("descending %t: got %v on %d pages", descending, got, pages)
		}
	}
}

func TestASearchOfTheAuditLogEndsAfterThePeriod(t *testing.T) {
	s := open(t)
	fill(t, s, 5_250)
	q := chain.Query{Limit: 10, Until: audit().At.Add(-2 * time.Hour)}
	page, err := s.FindAudit(t.Context(), q)
	if err != nil || len(page.Items) != 0 || page.Next != 0 {
		t.Errorf("it goes on at %d with %d records (%v)", page.Next, len(page.Items), err)
	}
}

// fill appends records to the log as commits would, but many at once.
func fill(t *testing.T, s *store.Store, n int) {
	t.Helper()
	var head chain.Anchor
	for i := 1; i <= n; i++ {
		a := audit()
		a.Detail = fmt.Sprintf("record %d.", i)
		stored, next, err := head.Next(a, nil)
		if err != nil {
			t.Fatal(err)
		}
		shared.Put(t, fmt.Sprintf("%saudit/%020d", prefix(t), i), string(stored))
		head = next
	}
	shared.Put(t, prefix(t)+"audit/head", fmt.Sprintf(`{"seq":%d,"hash":%q}`, head.Seq, head.Hash))
	if last, err := s.VerifyAudit(t.Context()); err != nil || last != uint64(n) {
		t.Fatalf("the log is whole up to %d: %v", last, err)
	}
}
