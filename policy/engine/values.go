package engine

import (
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
)

// object builds an object of the given members, each read by its name.
func object(members []string, read func(storage.Path) ast.Value) ast.Value {
	items := make([][2]*ast.Term, len(members))
	for i, m := range members {
		items[i] = [2]*ast.Term{ast.StringTerm(m), ast.NewTerm(read(storage.Path{m}))}
	}
	return ast.NewObject(items...)
}

// set reads a set that is looked up by key: true for one member, or all of it.
func set[T ~string](path storage.Path, has func(T) bool, all iter.Seq[T]) ast.Value {
	if len(path) == 0 {
		return whole(all)
	}
	if !has(T(path[0])) {
		return nil
	}
	return find(ast.Boolean(true), path[1:])
}

// whole builds a set that is looked up by key. It adds the keys in order, since
// OPA sorts them sooner or later, which takes it much longer than it takes us.
func whole[T ~string](all iter.Seq[T]) ast.Value {
	ids := slices.Sorted(all)
	keys := make([]ast.Term, len(ids))
	items := make([][2]*ast.Term, len(ids))
	for i, id := range ids {
		keys[i].Value = ast.String(id)
		items[i] = [2]*ast.Term{&keys[i], ast.InternedTerm(true)}
	}
	return ast.NewObject(items...)
}

// only returns those of all for which has is true.
func only[T any](all iter.Seq[T], has func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for one := range all {
			if has(one) && !yield(one) {
				return
			}
		}
	}
}

// find returns the part of a value at path, nil if there is none.
func find(v ast.Value, path storage.Path) ast.Value {
	if v == nil || len(path) == 0 {
		return v
	}
	found, err := v.Find(path.Ref(nil)[1:])
	if err != nil {
		return nil
	}
	return found
}

func texts[T ~string](ids iter.Seq[T]) []string {
	var all []string
	for id := range ids {
		all = append(all, string(id))
	}
	return all
}

func array[T ~string](ids []T) *ast.Term {
	terms := make([]*ast.Term, len(ids))
	for i, id := range ids {
		terms[i] = ast.StringTerm(string(id))
	}
	return ast.ArrayTerm(terms...)
}

func integer(n int64) *ast.Term {
	return ast.NewTerm(ast.Number(strconv.FormatInt(n, 10)))
}

func nanoseconds(t *time.Time, none int64) *ast.Term {
	if t == nil {
		return integer(none)
	}
	return integer(t.UnixNano())
}
