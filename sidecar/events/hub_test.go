package events_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/events"
)

func token(revision int64) string { return fmt.Sprint("r", revision) }

// history is a hub and the snapshot it is at.
type history struct {
	*events.Hub
	data *policy.Data
}

// begin returns a hub that was given a first snapshot, at revision 10.
func begin(cfg events.Config) *history {
	cfg.Token = token
	h := &history{events.NewHub(cfg), (&policy.Data{}).Apply(10)}
	h.Replace(nil, h.data)
	return h
}

// group publishes a revision that renames a group.
func (h *history) group(revision int64, name string) {
	h.apply(revision, change(policy.KindGroups, "g", policy.Group{ID: "g", Name: name}, as))
}

func (h *history) apply(revision int64, changes ...policy.Change) {
	before := h.data
	h.data = before.Apply(revision, changes...)
	h.Apply(before, h.data, changes)
}

// replace publishes that everything was read anew, with the group renamed.
func (h *history) replace(revision int64, name string) {
	before := h.data
	h.data = before.Apply(revision, change(policy.KindGroups, "g", policy.Group{ID: "g", Name: name}, as))
	h.Replace(before, h.data)
}

// told returns the revisions of what comes after a place, and the names the
// group gets in them; or "reset".
func (h *history) told(p events.Place) string {
	part, ok := h.After(p)
	if !ok {
		return "reset"
	}
	var all []string
	for _, s := range part.Steps {
		for _, m := range s.Messages {
			_, name, _ := strings.Cut(string(m.JSON), `"name":"`)
			name, _, _ = strings.Cut(name, `"`)
			all = append(all, s.Token+name)
		}
	}
	return strings.Join(append(all, "at "+part.Place.Token), " ")
}

func (h *history) at(revision int64) events.Place {
	return h.Head().At(revision, token(revision))
}

func TestReadersGoOnWhereTheyWere(t *testing.T) {
	h := begin(events.Config{})
	h.group(11, "a")
	h.apply(12, change(policy.KindKeys, "k", policy.Key{ID: "k"}, as))
	h.group(14, "b")
	h.apply(20)
	for revision, want := range map[int64]string{
		9:  "reset",
		10: "r11a r14b at r20",
		11: "r14b at r20",
		12: "r14b at r20",
		13: "r14b at r20",
		14: "at r20",
		20: "at r20",
		25: "at r25", // another sidecar was there already
	} {
		if got := h.told(h.at(revision)); got != want {
			t.Errorf("after %d: %s, want %s", revision, got, want)
		}
	}
}

func TestAReaderAheadIsNotToldTwice(t *testing.T) {
	h := begin(events.Config{})
	ahead := h.at(12)
	h.group(11, "a")
	h.group(12, "b")
	h.group(13, "c")
	if got := h.told(ahead); got != "r13c at r13" {
		t.Error(got)
	}
}

func TestWhoHasReadASnapshotIsNotToldOfItOnceMore(t *testing.T) {
	h := begin(events.Config{})
	read := h.Head().NotBefore(12, token(12)) // before its events are published
	h.group(11, "a")
	h.group(12, "b")
	h.group(13, "c")
	if got := h.told(read); got != "r13c at r13" {
		t.Error(got)
	}
	if got := h.told(h.Head().NotBefore(12, token(12))); got != "at r13" {
		t.Error("the place of an earlier revision is taken:", got)
	}
}

// What lies within a step over several revisions is not known: something could
// have been changed and changed back in it.
func TestReadersWithinAGapStartAnew(t *testing.T) {
	h := begin(events.Config{})
	h.group(11, "a")
	h.replace(20, "b")
	h.group(21, "c")
	for revision, want := range map[int64]string{
		10: "r11a r20b r21c at r21",
		11: "r20b r21c at r21",
		12: "reset",
		19: "reset",
		20: "r21c at r21",
	} {
		if got := h.told(h.at(revision)); got != want {
			t.Errorf("after %d: %s, want %s", revision, got, want)
		}
	}
}

func TestReadingAnewWithoutAChangeLosesNothing(t *testing.T) {
	h := begin(events.Config{})
	h.group(11, "a")
	h.replace(15, "a")
	h.replace(15, "a")
	if got := h.told(h.at(10)); got != "r11a at r15" {
		t.Error(got)
	}
}

func TestWhatHasNothingToDoWithTheSnapshotIsAReset(t *testing.T) {
	for name, replace := range map[string]func(h *history){
		"another store":                  func(h *history) { h.Replace(nil, h.data.Apply(12)) },
		"an older revision":              func(h *history) { h.Replace(h.data, h.data.Apply(9)) },
		"another content, same revision": func(h *history) { h.replace(11, "b") },
		"too many events": func(h *history) {
			h.Replace(h.data, h.data.Apply(12, h.groups(4)...))
		},
		"too many bytes": func(h *history) {
			h.apply(12, change(policy.KindGroups, "g", policy.Group{ID: "g", Name: strings.Repeat("x", 1000)}, as))
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := begin(events.Config{Events: 3, Bytes: 1000})
			h.group(11, "a")
			old := h.at(11)
			if got := h.told(old); got != "at r11" {
				t.Fatal(got)
			}
			part, _ := h.After(old)
			replace(h)
			<-part.More
			if got := h.told(old); got != "reset" {
				t.Errorf("an old place: %s", got)
			}
			if got := h.told(h.Head()); got != "at "+h.Head().Token {
				t.Errorf("the head: %s", got)
			}
		})
	}
}

// groups returns the changes that add n groups.
func (h *history) groups(n int) (all []policy.Change) {
	for i := range n {
		id := policy.GroupID(fmt.Sprint(i))
		all = append(all, change(policy.KindGroups, string(id), policy.Group{ID: id, Name: "n"}, as))
	}
	return all
}

func TestTheOldestIsForgotten(t *testing.T) {
	for name, cfg := range map[string]events.Config{
		"by revisions": {Revisions: 2},
		"by events":    {Events: 2},
		"by bytes":     {Bytes: 250},
	} {
		t.Run(name, func(t *testing.T) {
			h := begin(cfg)
			for i := range int64(5) {
				h.group(11+i, fmt.Sprint(i))
			}
			for revision, want := range map[int64]string{12: "reset", 13: "r143 r154 at r15"} {
				if got := h.told(h.at(revision)); got != want {
					t.Errorf("after %d: %s, want %s", revision, got, want)
				}
			}
		})
	}
}

func TestReadersAreWokenByEventsOnly(t *testing.T) {
	h := begin(events.Config{})
	part, _ := h.After(h.Head())
	h.apply(11, change(policy.KindKeys, "k", policy.Key{ID: "k"}, as))
	select {
	case <-part.More:
		t.Error("woken by a key")
	default:
	}
	h.group(12, "a")
	<-part.More
	if diff := cmp.Diff("r12a at r12", h.told(part.Place)); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsToldBeforeThereAreData(t *testing.T) {
	h := &history{Hub: events.NewHub(events.Config{Token: token})}
	place := h.Head()
	part, ok := h.After(place)
	if !ok || len(part.Steps) > 0 || place.Token != "" {
		t.Fatalf("%+v", part)
	}
	h.Replace(nil, (&policy.Data{}).Apply(10))
	<-part.More
	if got := h.told(place); got != "reset" {
		t.Error(got)
	}
}

// Readers of all speeds get each revision once and in order, or a reset.
func TestManyReadersAtOnce(t *testing.T) {
	const last = 3_000
	h := begin(events.Config{Revisions: 500})
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			for place := h.at(10); place.Token != token(last); {
				part, ok := h.After(place)
				if !ok {
					place = h.Head()
					continue
				}
				for i, s := range part.Steps {
					if i > 0 && s.Token <= part.Steps[i-1].Token && len(s.Token) == len(part.Steps[i-1].Token) {
						t.Errorf("%s after %s", s.Token, part.Steps[i-1].Token)
					}
				}
				if place = part.Place; len(part.Steps) == 0 {
					<-part.More
				}
			}
		})
	}
	for revision := int64(11); revision <= last; revision++ {
		h.group(revision, fmt.Sprint(revision))
	}
	readers.Wait()
}
