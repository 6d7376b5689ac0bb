package policy

import (
	"hash/maphash"
	"slices"
)

// trie is an immutable map. with and without return a changed map that shares
// all but the path to the change with the old one, so a snapshot of everything
// costs what changed since the last one. The zero trie is empty.
//
// It is a hash trie (Bagwell, "Ideal Hash Trees", 2001) with buckets of up to
// trieBucket entries as leaves.
type trie[K comparable, V any] struct {
	root trieNode[K, V]
	size int
}

// trieNode is a branch if kids is set, else a bucket. Nodes stand in their
// parents by value: a step down is one look at memory, not two.
type trieNode[K comparable, V any] struct {
	kids   *[trieWidth]trieNode[K, V]
	bucket []trieEntry[K, V]
}

// trieEntry keeps the hash of its key: comparing that first spares most looks at
// the keys of others, which are elsewhere in memory.
type trieEntry[K comparable, V any] struct {
	hash  uint64
	key   K
	value V
}

const (
	trieBits   = 4
	trieWidth  = 1 << trieBits
	trieBucket = 8
	trieDepth  = 64 / trieBits // below it all bits of the hash are used up
)

var trieSeed = maphash.MakeSeed()

func (t trie[K, V]) get(key K) (value V, ok bool) {
	hash := maphash.Comparable(trieSeed, key)
	n := &t.root
	for h := hash; n.kids != nil; h >>= trieBits {
		n = &n.kids[h%trieWidth]
	}
	for i := range n.bucket {
		if e := &n.bucket[i]; e.hash == hash && e.key == key {
			return e.value, true
		}
	}
	return value, false
}

func (t trie[K, V]) has(key K) bool {
	_, ok := t.get(key)
	return ok
}

func (t trie[K, V]) with(key K, value V) trie[K, V] {
	hash := maphash.Comparable(trieSeed, key)
	root, grown := t.root.with(hash, 0, trieEntry[K, V]{hash, key, value})
	if grown {
		t.size++
	}
	t.root = root
	return t
}

func (t trie[K, V]) without(key K) trie[K, V] {
	root, shrunk := t.root.without(maphash.Comparable(trieSeed, key), key)
	if shrunk {
		t.size--
	}
	t.root = root
	return t
}

// each calls yield for every entry, in no order, until it returns false.
func (t trie[K, V]) each(yield func(K, V) bool) {
	t.root.each(yield)
}

func (n trieNode[K, V]) with(h uint64, depth int, e trieEntry[K, V]) (changed trieNode[K, V], grown bool) {
	if n.kids != nil {
		kids := *n.kids
		kids[h%trieWidth], grown = kids[h%trieWidth].with(h>>trieBits, depth+1, e)
		return trieNode[K, V]{kids: &kids}, grown
	}
	if i := n.find(e.key); i >= 0 {
		bucket := slices.Clone(n.bucket)
		bucket[i] = e
		return trieNode[K, V]{bucket: bucket}, false
	}
	if len(n.bucket) < trieBucket || depth >= trieDepth {
		return trieNode[K, V]{bucket: append(slices.Clip(n.bucket), e)}, true
	}
	changed, _ = n.split(depth).with(h, depth, e)
	return changed, true
}

// split turns a full bucket at the given depth into a branch.
func (n trieNode[K, V]) split(depth int) trieNode[K, V] {
	var kids [trieWidth]trieNode[K, V]
	for _, e := range n.bucket {
		h := e.hash >> (depth * trieBits)
		kids[h%trieWidth], _ = kids[h%trieWidth].with(h>>trieBits, depth+1, e)
	}
	return trieNode[K, V]{kids: &kids}
}

func (n trieNode[K, V]) without(h uint64, key K) (changed trieNode[K, V], shrunk bool) {
	if n.kids != nil {
		kid, shrunk := n.kids[h%trieWidth].without(h>>trieBits, key)
		if !shrunk {
			return n, false
		}
		kids := *n.kids
		kids[h%trieWidth] = kid
		return trieNode[K, V]{kids: &kids}, true
	}
	i := n.find(key)
	if i < 0 {
		return n, false
	}
	return trieNode[K, V]{bucket: append(n.bucket[:i:i], n.bucket[i+1:]...)}, true
}

// find returns the place of a key in a bucket, -1 if it is not there.
func (n trieNode[K, V]) find(key K) int {
	return slices.IndexFunc(n.bucket, func(e trieEntry[K, V]) bool { return e.key == key })
}

func (n trieNode[K, V]) each(yield func(K, V) bool) bool {
	if n.kids != nil {
		for i := range n.kids {
			if !n.kids[i].each(yield) {
				return false
			}
		}
		return true
	}
	for _, e := range n.bucket {
		if !yield(e.key, e.value) {
			return false
		}
	}
	return true
}
