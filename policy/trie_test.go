package policy

import (
	"fmt"
	"hash/maphash"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A trie must do what a Go map does, and no change may reach any other trie,
// whichever of the two was made from the other.
func TestTrieIsAMap(t *testing.T) {
	few := rapid.IntRange(0, 40)
	colliding := rapid.SampledFrom(collidingKeys(t, 3*trieBucket))
	many := rapid.IntRange(0, 1_000)
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.OneOf(few, colliding, many)
		tries, models := []trie[int, int]{{}}, []map[int]int{{}}
		t.Repeat(map[string]func(*rapid.T){
			"with": func(t *rapid.T) {
				from := rapid.IntRange(0, len(tries)-1).Draw(t, "from")
				k, v := keys.Draw(t, "key"), rapid.Int().Draw(t, "value")
				tries, models = append(tries, tries[from].with(k, v)), append(models, maps.Clone(models[from]))
				models[len(models)-1][k] = v
			},
			"without": func(t *rapid.T) {
				from := rapid.IntRange(0, len(tries)-1).Draw(t, "from")
				k := keys.Draw(t, "key")
				tries, models = append(tries, tries[from].without(k)), append(models, maps.Clone(models[from]))
				delete(models[len(models)-1], k)
			},
		})
		for i := range tries {
			same(t, models[i], tries[i])
		}
	})
}

// Of a run of random changes to random tries few get large. Here each is made
// from the largest, and one more key is put into it twice.
func TestTriesMadeFromOneAreApart(t *testing.T) {
	var all trie[int, int]
	for k := range 500 {
		a, b := all.with(-1-k, 1), all.with(-1_000-k, 2)
		if !a.has(-1-k) || !b.has(-1_000-k) || a.has(-1_000-k) || b.has(-1-k) {
			t.Fatalf("two tries made from one of %d keys are not apart", k)
		}
		all = all.with(k, k)
	}
}

func same(t interface {
	Helper()
	Fatalf(string, ...any)
}, want map[int]int, got trie[int, int],
) {
	t.Helper()
	listed := map[int]int{}
	got.each(func(k, v int) bool {
		if _, twice := listed[k]; twice {
			t.Fatalf("each gives %d twice", k)
		}
		listed[k] = v
		return true
	})
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Fatalf("each (-want +got):\n%s", diff)
	}
	if got.size != len(want) {
		t.Fatalf("the size is %d, want %d", got.size, len(want))
	}
	for k, v := range want {
		if has, ok := got.get(k); !ok || has != v {
			t.Fatalf("get(%d) is %d, %v; want %d", k, has, ok, v)
		}
	}
	if got.has(-1) {
		t.Fatalf("a key is there that never was")
	}
}

// collidingKeys returns n keys whose hashes begin alike, so that a bucket of
// them has to be split several levels down.
func collidingKeys(tb testing.TB, n int) []int {
	tb.Helper()
	const levels = 3
	classes := map[uint64][]int{}
	for key := range 1_000_000 {
		class := maphash.Comparable(trieSeed, key) % (1 << (levels * trieBits))
		classes[class] = append(classes[class], key)
		if len(classes[class]) == n {
			return classes[class]
		}
	}
	tb.Fatalf("no %d keys collide", n)
	return nil
}

func TestTrieSplitsDeeply(t *testing.T) {
	var all trie[int, int]
	keys := collidingKeys(t, 3*trieBucket)
	for _, k := range keys {
		all = all.with(k, k)
	}
	if depth := all.root.depth(); depth < 4 {
		t.Fatalf("the trie is %d levels deep; the keys do not collide", depth)
	}
	for i, k := range keys {
		all = all.without(k)
		if all.has(k) || all.size != len(keys)-i-1 {
			t.Fatalf("without(%d) leaves %d keys, it is there: %v", k, all.size, all.has(k))
		}
	}
}

func (n *trieNode[K, V]) depth() int {
	if n == nil {
		return 0
	}
	deepest := 0
	if n.kids != nil {
		for _, kid := range n.kids {
			deepest = max(deepest, kid.depth())
		}
	}
	return 1 + deepest
}

// Keys whose whole hashes are equal can't be told apart by splitting: their
// bucket has to grow.
func TestTrieHoldsEqualHashes(t *testing.T) {
	const many = 5 * trieBucket
	var n trieNode[string, int]
	for i := range many {
		n, _ = n.with(0, trieDepth, trieEntry[string, int]{0, fmt.Sprint(i), i})
	}
	if n.kids != nil || len(n.bucket) != many {
		t.Fatalf("the bucket has %d entries, want %d", len(n.bucket), many)
	}
	if _, grown := n.with(0, trieDepth, trieEntry[string, int]{0, "7", 70}); grown {
		t.Error("writing a key again makes it another")
	}
	for i := range many {
		var shrunk bool
		if n, shrunk = n.without(0, fmt.Sprint(i)); !shrunk {
			t.Fatalf("%d is not there", i)
		}
	}
	if len(n.bucket) != 0 {
		t.Errorf("%d entries are left", len(n.bucket))
	}
}

func TestTrieStopsListing(t *testing.T) {
	var all trie[int, int]
	for k := range 1_000 {
		all = all.with(k, k)
	}
	calls := 0
	all.each(func(int, int) bool {
		calls++
		return calls < 3
	})
	if calls != 3 {
		t.Errorf("each went on for %d entries", calls)
	}
}
