package policy

import "hash/maphash"

// trie is an immutable map. with and without return a changed map that shares
// all but the path to the change with the old one, so a snapshot of everything
// costs what changed since the last one. The zero trie is empty.
//
// It is a hash trie (Bagwell, "Ideal Hash Trees", 2001) with buckets of up to
// trieBucket entries as leaves.
type trie[K comparable, V any] struct {
	root *trieNode[K, V]
	size int
}

// trieNode is a branch if kids is set, else a bucket.
type trieNode[K comparable, V any] struct {
	kids   *[trieWidth]*trieNode[K, V]
	bucket []trieEntry[K, V]
}

type trieEntry[K comparable, V any] struct {
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
	h := maphash.Comparable(trieSeed, key)
	n := t.root
	for n != nil && n.kids != nil {
		n = n.kids[h%trieWidth]
		h >>= trieBits
	}
	if n == nil {
		return value, false
	}
	for i := range n.bucket {
		if n.bucket[i].key == key {
			return n.bucket[i].value, true
		}
	}
	return value, false
}

func (t trie[K, V]) has(key K) bool {
	_, ok := t.get(key)
	return ok
}

func (t trie[K, V]) with(key K, value V) trie[K, V] {
	root, grown := t.root.with(maphash.Comparable(trieSeed, key), 0, trieEntry[K, V]{key, value})
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

func (n *trieNode[K, V]) with(h uint64, depth int, e trieEntry[K, V]) (changed *trieNode[K, V], grown bool) {
	switch {
	case n == nil:
		return &trieNode[K, V]{bucket: []trieEntry[K, V]{e}}, true
	case n.kids != nil:
		kids := *n.kids
		kids[h%trieWidth], grown = kids[h%trieWidth].with(h>>trieBits, depth+1, e)
		return &trieNode[K, V]{kids: &kids}, grown
	}
	for i := range n.bucket {
		if n.bucket[i].key == e.key {
			bucket := append([]trieEntry[K, V](nil), n.bucket...)
			bucket[i] = e
			return &trieNode[K, V]{bucket: bucket}, false
		}
	}
	if len(n.bucket) < trieBucket || depth >= trieDepth {
		return &trieNode[K, V]{bucket: append(n.bucket[:len(n.bucket):len(n.bucket)], e)}, true
	}
	split, _ := n.split(depth).with(h, depth, e)
	return split, true
}

// split turns a full bucket at the given depth into a branch.
func (n *trieNode[K, V]) split(depth int) *trieNode[K, V] {
	var kids [trieWidth]*trieNode[K, V]
	for _, e := range n.bucket {
		h := maphash.Comparable(trieSeed, e.key) >> (depth * trieBits)
		kids[h%trieWidth], _ = kids[h%trieWidth].with(h>>trieBits, depth+1, e)
	}
	return &trieNode[K, V]{kids: &kids}
}

func (n *trieNode[K, V]) without(h uint64, key K) (changed *trieNode[K, V], shrunk bool) {
	switch {
	case n == nil:
		return nil, false
	case n.kids != nil:
		kid, shrunk := n.kids[h%trieWidth].without(h>>trieBits, key)
		if !shrunk {
			return n, false
		}
		kids := *n.kids
		kids[h%trieWidth] = kid
		return &trieNode[K, V]{kids: &kids}, true
	}
	for i := range n.bucket {
		if n.bucket[i].key == key {
			bucket := append(n.bucket[:i:i], n.bucket[i+1:]...)
			if len(bucket) == 0 {
				return nil, true
			}
			return &trieNode[K, V]{bucket: bucket}, true
		}
	}
	return n, false
}

func (n *trieNode[K, V]) each(yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	if n.kids != nil {
		for _, kid := range n.kids {
			if !kid.each(yield) {
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
