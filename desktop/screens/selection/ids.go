package selection

import "slices"

func strs[ID ~string](ids []ID) []string { return typed[string](ids) }

func typed[To, From ~string](ids []From) []To {
	all := make([]To, len(ids))
	for i, id := range ids {
		all[i] = To(id)
	}
	return all
}

// same reports whether both lists have the same things in whatever order.
func same[T comparable](a, b []T) bool {
	if slices.Equal(a, b) {
		return true
	}
	if len(a) != len(b) {
		return false
	}
	count := make(map[T]int, len(a))
	for i := range a {
		count[a[i]]++
		count[b[i]]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
