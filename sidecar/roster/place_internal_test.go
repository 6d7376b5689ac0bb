package roster

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
)

func TestPlacesAreReadAsTheyWereWritten(t *testing.T) {
	r := &row{id: "acme", key: "\x01\x02", email: "a@example.com", standing: 3, mode: 2, seen: -62135596800000000, changed: 5, created: 1 << 60}
	for _, s := range Sorts() {
		want := &row{id: "acme"}
		if text := s.text(); text != nil {
			*text(want) = *text(r)
		}
		if number := s.number(); number != nil {
			*number(want) = *number(r)
		}
		got, ok := decodePlace(s, encodePlace(s, r))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" || !ok {
			t.Error(s, ok, diff)
		}
	}
	got, ok := decodePlace(ByName, encodePlace(ByName, &row{id: "acme", broken: true}))
	if !ok || !got.broken || got.id != "acme" {
		t.Error(got, ok)
	}
}

func FuzzPlace(f *testing.F) {
	f.Add(string(ByName), encodePlace(ByName, &row{id: "acme", key: "\x01"}))
	f.Add(string(BySeen), encodePlace(BySeen, &row{id: "acme", seen: -1}))
	f.Add(string(ByID), []byte{0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, by string, place []byte) {
		r, ok := decodePlace(Sort(by), place)
		if !ok {
			return
		}
		if policy.CheckID("id", string(r.id)) != nil {
			t.Errorf("the id is %q", r.id)
		}
		again, ok := decodePlace(Sort(by), encodePlace(Sort(by), r))
		if !ok || Sort(by).order()(r, again) != 0 || !bytes.Equal(encodePlace(Sort(by), r), encodePlace(Sort(by), again)) {
			t.Errorf("read again it is %v, not %v", again, r)
		}
	})
}
