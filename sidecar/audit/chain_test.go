package audit_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// entry is what happens often: an admin edits a client's scope.
func entry(i int) audit.Entry {
	return audit.Entry{
		At:     time.Date(2026, 3, 1, 12, 0, i, 0, time.UTC),
		Actor:  audit.Actor{Type: policy.SubjectAdmin, ID: "olga", Name: "Olga Lind", Role: policy.RoleOwner, From: "192.0.2.7"},
		Action: "replace",
		Kind:   "clients",
		ID:     "acme",
		Before: json.RawMessage(`{"id":"acme","name":"Acme","email":"ann@acme.example","status":"active","scope":{"groups":["design"]}}`),
		After:  json.RawMessage(`{"id":"acme","name":"Acme","email":"ann@acme.example","status":"active","scope":{"groups":["design","sales"]}}`),
	}
}

// chain returns n records and the last one's anchor.
func chain(t testing.TB, n int) ([]string, audit.Anchor) {
	t.Helper()
	key := audit.NewKey()
	var last audit.Anchor
	records := make([]string, n)
	for i := range records {
		bare, sealed, err := entry(i).Seal(key)
		if err != nil {
			t.Fatal(err)
		}
		stored, next, err := last.Next(bare, sealed)
		if err != nil {
			t.Fatal(err)
		}
		records[i], last = string(stored), next
	}
	return records, last
}

func each(records []string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, r := range records {
			if !yield([]byte(r), nil) {
				return
			}
		}
	}
}

// lines returns records as a file has them.
func lines(records []string) string { return strings.Join(records, "\n") + "\n" }

func anchorOf(records []string, n int) audit.Anchor {
	return audit.Anchor{Seq: uint64(n), Hash: audit.Hash([]byte(records[n-1]))}
}

func wantFault(t *testing.T, err error, seq uint64, kind audit.FaultKind) {
	t.Helper()
	fault, ok := errors.AsType[*audit.Fault](err)
	if !ok || fault.Seq != seq || fault.Kind != kind {
		t.Errorf("got %v, want: audit record %d %s", err, seq, kind)
	}
}

func TestAChainThatNobodyTouchedIsWhole(t *testing.T) {
	records, head := chain(t, 50)
	want := audit.Summary{Records: 50, Last: head}
	for name, c := range map[string]audit.Chain{
		"alone":            {},
		"with its head":    {Head: &head},
		"with its anchors": {Anchors: []audit.Anchor{{}, anchorOf(records, 1), anchorOf(records, 20), head}},
	} {
		got, err := c.Verify(each(records))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
		if got, err := c.Verify(audit.Lines(strings.NewReader(lines(records)))); got != want || err != nil {
			t.Errorf("%s, from a file: %+v, %v", name, got, err)
		}
	}
	start := anchorOf(records, 20)
	got, err := audit.Chain{Start: start, Head: &head, Anchors: []audit.Anchor{start}}.Verify(each(records[20:]))
	if (got != audit.Summary{Records: 30, Last: head}) || err != nil {
		t.Errorf("the end: %+v, %v", got, err)
	}
	none := audit.Anchor{}
	if got, err := (audit.Chain{Head: &none}).Verify(each(nil)); (got != audit.Summary{}) || err != nil {
		t.Errorf("nothing: %+v, %v", got, err)
	}
}

func TestAFaultNamesTheFirstRecordAndWhatHappened(t *testing.T) {
	records, head := chain(t, 10)
	other, otherHead := chain(t, 10)
	renamed := func(i int) string { return strings.Replace(records[i], "Olga", "Vera", 1) }
	forged := func(prev audit.Anchor) string {
		stored, _, err := prev.Next(entry(99), nil)
		if err != nil {
			t.Fatal(err)
		}
		return string(stored)
	}
	with := func(i int, r ...string) []string { return slices.Replace(slices.Clone(records), i, i+1, r...) }
	tests := []struct {
		name    string
		records []string
		chain   audit.Chain
		seq     uint64
		kind    audit.FaultKind
	}{
		{"changed", with(4, renamed(4)), audit.Chain{Head: &head}, 5, audit.Changed},
		{"the first changed", with(0, renamed(0)), audit.Chain{}, 1, audit.Changed},
		{"the one before the last changed", with(8, renamed(8)), audit.Chain{Head: &head}, 9, audit.Changed},
		{"the last changed", with(9, renamed(9)), audit.Chain{Head: &head}, 10, audit.WrongHead},
		{"the last changed, known by an anchor", with(9, renamed(9)), audit.Chain{Anchors: []audit.Anchor{head}}, 10, audit.WrongAnchor},
		{"its number changed", with(4, strings.Replace(records[4], `"seq":5`, `"seq":7`, 1)), audit.Chain{}, 5, audit.Changed},
		{"its number changed to an earlier one", with(4, strings.Replace(records[4], `"seq":5`, `"seq":2`, 1)), audit.Chain{}, 5, audit.Changed},
		{"what it follows changed", with(4, strings.Replace(records[4], `"prev":"`, `"prev":"0`, 1)), audit.Chain{}, 5, audit.Changed},
		{"deleted", slices.Delete(slices.Clone(records), 4, 5), audit.Chain{}, 5, audit.Missing},
		{"the first deleted", records[1:], audit.Chain{}, 1, audit.Missing},
		{"doubled", with(4, records[4], records[4]), audit.Chain{}, 5, audit.Inserted},
		{"an old one again", with(6, records[2], records[6]), audit.Chain{}, 3, audit.Inserted},
		{"forged under the next number", with(5, forged(anchorOf(records, 5)), records[5]), audit.Chain{}, 6, audit.Inserted},
		{"forged, and the next renumbered", with(5, forged(anchorOf(records, 5)), strings.Replace(records[5], `"seq":6`, `"seq":7`, 1)), audit.Chain{}, 6, audit.Inserted},
		{"appended", append(slices.Clone(records), forged(head)), audit.Chain{Head: &head}, 11, audit.Inserted},
		{"swapped", with(4, records[5], records[4])[:6], audit.Chain{}, 5, audit.OutOfOrder},
		{"cut off", records[:7], audit.Chain{Head: &head}, 8, audit.CutOff},
		{"cut off, known by an anchor", records[:7], audit.Chain{Anchors: []audit.Anchor{head}}, 8, audit.CutOff},
		{"all cut off", nil, audit.Chain{Head: &head}, 1, audit.CutOff},
		{"no JSON", with(4, records[4][1:]), audit.Chain{}, 5, audit.NotJSON},
		{"an empty line", with(4, "", records[4]), audit.Chain{}, 5, audit.NotJSON},
		{"all rewritten, with the head", other, audit.Chain{Head: &otherHead, Anchors: []audit.Anchor{anchorOf(records, 6)}}, 6, audit.WrongAnchor},
		{"another start", records[5:], audit.Chain{Start: anchorOf(other, 5)}, 6, audit.Changed},
		{"a start that its anchor does not name", records[5:], audit.Chain{Start: anchorOf(records, 5), Anchors: []audit.Anchor{anchorOf(other, 5)}}, 5, audit.WrongAnchor},
		{"an anchor before the start", records[5:], audit.Chain{Start: anchorOf(records, 5), Anchors: []audit.Anchor{anchorOf(records, 4)}}, 4, audit.Unread},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.chain.Verify(each(test.records))
			wantFault(t, err, test.seq, test.kind)
		})
	}
}

func TestAFileThatIsCutOffShows(t *testing.T) {
	records, _ := chain(t, 3)
	whole := lines(records)
	for cut := 1; cut < len(records[2])+1; cut++ {
		_, err := audit.Chain{}.Verify(audit.Lines(strings.NewReader(whole[:len(whole)-cut])))
		wantFault(t, err, 3, audit.CutOff)
	}
}

func TestErrorsOfReadingAreNoFaults(t *testing.T) {
	records, _ := chain(t, 3)
	broken := errors.New("the disk is broken")
	got, err := audit.Chain{}.Verify(func(yield func([]byte, error) bool) {
		if yield([]byte(records[0]), nil) {
			yield(nil, broken)
		}
	})
	if err != broken || got.Records != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	long := `{"seq":1,"prev":"","x":"` + strings.Repeat("x", 5<<20) + "\"}\n"
	if _, err := (audit.Chain{}).Verify(audit.Lines(strings.NewReader(long))); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("a line without end: %v", err)
	}
}

func TestAFaultIsToldWithoutReadingOn(t *testing.T) {
	records, _ := chain(t, 3000)
	read := 0
	_, err := audit.Chain{}.Verify(func(yield func([]byte, error) bool) {
		for _, r := range slices.Delete(slices.Clone(records), 4, 5) {
			if read++; !yield([]byte(r), nil) {
				return
			}
		}
	})
	wantFault(t, err, 5, audit.Missing)
	if read > 1100 {
		t.Errorf("it read %d records", read)
	}
}

// TestTamperingShows changes a chain in 10,000 ways. Nothing may pass.
func TestTamperingShows(t *testing.T) {
	const size, tries = 30, 10_000
	records, head := chain(t, size)
	r := rand.New(rand.NewPCG(3, 1))
	done := map[string]int{}
	for i := range tries {
		name, text := tamper(t, r, records)
		done[name]++
		if text == lines(records) {
			t.Fatalf("try %d, %s: nothing was changed", i, name)
		}
		_, err := audit.Chain{Head: &head}.Verify(audit.Lines(strings.NewReader(text)))
		if _, ok := errors.AsType[*audit.Fault](err); !ok {
			t.Fatalf("try %d, %s: got %v\n%s", i, name, err, text)
		}
	}
	t.Logf("%d manipulations, all found: %v", tries, done)
	if len(done) != 9 {
		t.Errorf("there were %d kinds of manipulation, want 9", len(done))
	}
}

// tamper returns the text of a chain that somebody changed.
func tamper(t *testing.T, r *rand.Rand, all []string) (name, text string) {
	t.Helper()
	records, n := slices.Clone(all), len(all)
	at := r.IntN(n)
	switch r.IntN(9) {
	case 0:
		whole := []byte(lines(records))
		whole[r.IntN(len(whole))] ^= byte(1 + r.IntN(255))
		return "byte changed", string(whole)
	case 1:
		return "deleted", lines(slices.Delete(records, at, at+1))
	case 2:
		return "forged", lines(slices.Insert(records, at, next(t, records[:at], r.IntN(1000))))
	case 3:
		other := (at + 1 + r.IntN(n-1)) % n
		records[at], records[other] = records[other], records[at]
		return "reordered", lines(records)
	case 4:
		return "doubled", lines(slices.Insert(records, r.IntN(n+1), records[at]))
	case 5:
		return "end cut off", strings.TrimPrefix(lines(records[:at]), "\n")
	case 6:
		return "start cut off", lines(records[1+r.IntN(n-1):])
	case 7:
		whole := lines(records)
		return "bytes cut off", whole[:r.IntN(len(whole))]
	}
	forged := records[:at]
	for len(forged) < n {
		forged = append(forged, next(t, forged, r.IntN(1000)+1000))
	}
	return "rewritten to the end", lines(forged)
}

// next returns a record that rightly follows others.
func next(t *testing.T, records []string, i int) string {
	t.Helper()
	var last audit.Anchor
	if n := len(records); n > 0 {
		last = anchorOf(records, n)
	}
	stored, _, err := last.Next(entry(i), nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(stored)
}

func TestStoredFormIsGolden(t *testing.T) {
	var last audit.Anchor
	var got []string
	system := audit.Entry{
		At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Actor: audit.ActorOf(policy.System("start")),
		Action: "create", Kind: "keys", ID: "k1", After: json.RawMessage(`{"id":"k1"}`),
	}
	edit, err := entry(1).Bare()
	if err != nil {
		t.Fatal(err)
	}
	sealed := &audit.Sealed{V: 1, Person: "acme", Text: []byte("nonce and sealed text")}
	signIn := audit.Entry{
		At: system.At, Actor: audit.ActorOf(policy.Caller{Type: policy.SubjectClient, ID: "acme", Name: "Ann", From: "192.0.2.7"}),
		Action: "sign-in", Kind: "sessions", ID: "s1", Detail: "with a password",
	}
	if signIn, err = signIn.Bare(); err != nil {
		t.Fatal(err)
	}
	for _, e := range []audit.Entry{system, edit, signIn} {
		seal := sealed
		if e.Kind == "keys" {
			seal = nil
		}
		stored, next, err := last.Next(e, seal)
		if err != nil {
			t.Fatal(err)
		}
		got, last = append(got, string(stored)), next
	}
	want := golden(t)
	if diff := cmp.Diff(want, lines(got)); diff != "" {
		t.Error(diff)
	}
	if _, err := (audit.Chain{Head: &last}).Verify(audit.Lines(strings.NewReader(want))); err != nil {
		t.Error(err)
	}
}

// golden returns the lines that TestStoredFormIsGolden holds.
func golden(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/records.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnchorsAreReadAsTheyAreWritten(t *testing.T) {
	_, head := chain(t, 3)
	for _, a := range []audit.Anchor{{}, head} {
		if got, err := audit.ParseAnchor(a.String()); got != a || err != nil {
			t.Errorf("%s became %s, %v", a, got, err)
		}
	}
	for _, text := range []string{"", "3", "3:", "x:" + head.Hash, "3:" + head.Hash[1:], "-3:" + head.Hash, "3:" + strings.ToUpper(head.Hash), "3:" + strings.Repeat("x", 64)} {
		if a, err := audit.ParseAnchor(text); err == nil {
			t.Errorf("%q was read as %v", text, a)
		}
	}
}

// FuzzVerify starts from stored records, since each of the fuzzer's processes would
// make other ones, with a key of its own.
func FuzzVerify(f *testing.F) {
	whole := golden(f)
	records := strings.Split(strings.TrimSuffix(whole, "\n"), "\n")
	head := anchorOf(records, len(records))
	f.Add(whole)
	f.Add("{}\n\n")
	f.Add(fmt.Sprintf("{\"seq\":1}\n%s", records[0]))
	f.Fuzz(func(t *testing.T, text string) {
		_, err := audit.Chain{Head: &head}.Verify(audit.Lines(strings.NewReader(text)))
		if (err == nil) != (text == whole) {
			t.Errorf("got %v", err)
		}
	})
}

// BenchmarkVerify checks records that are in memory.
func BenchmarkVerify(b *testing.B) {
	records, head := chain(b, 10_000)
	b.SetBytes(int64(len(lines(records))))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (audit.Chain{Head: &head}).Verify(each(records)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(records))/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(len(lines(records)))/float64(len(records)), "B/record")
}
