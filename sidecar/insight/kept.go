package insight

import (
	"github.com/hashicorp/golang-lru/v2"

	"sightline.example/policy"
	"sightline.example/policy/engine"
)

// kept is what was found out of the scopes of some clients. It holds until the
// client or the directory changes. It is safe for concurrent use.
type kept[T any] struct {
	of *lru.Cache[policy.ClientID, found[T]]
}

// found is what was found out of a client in a directory. A client who changed is
// another value, in another store too.
type found[T any] struct {
	client    *policy.Client
	directory int64
	value     T
}

func newKept[T any](most int) kept[T] {
	// Only a size that is not positive is an error.
	cache, _ := lru.New[policy.ClientID, found[T]](most)
	return kept[T]{cache}
}

// get returns what is kept of a client of the view, or what find finds.
func (k kept[T]) get(view engine.View, client *policy.Client, find func() (T, error)) (T, error) {
	directory := view.Data().DirectoryRevision()
	if f, ok := k.of.Get(client.ID); ok && f.client == client && f.directory == directory {
		return f.value, nil
	}
	value, err := find()
	if err == nil {
		k.of.Add(client.ID, found[T]{client, directory, value})
	}
	return value, err
}
