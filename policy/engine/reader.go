package engine

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// reader takes an answer of the rules apart. It keeps the first thing that is
// not as it has to be as err, and gives zero values from there on.
type reader struct {
	from ast.Object
	err  error
}

func read(answer ast.Value) *reader {
	object, ok := answer.(ast.Object)
	if !ok {
		return &reader{err: fmt.Errorf("the answer is %s, not an object", typeOf(answer))}
	}
	return &reader{from: object}
}

func (r *reader) fail(name, want string) {
	if r.err == nil {
		r.err = fmt.Errorf("the answer's %s is %s, not %s", name, typeOf(member(r.from, name)), want)
	}
}

func (r *reader) has(name string) bool { return member(r.from, name) != nil }

func (r *reader) text(name string) string {
	s, ok := member(r.from, name).(ast.String)
	if !ok {
		r.fail(name, "text")
	}
	return string(s)
}

func (r *reader) boolean(name string) bool {
	b, ok := member(r.from, name).(ast.Boolean)
	if !ok {
		r.fail(name, "a boolean")
	}
	return bool(b)
}

// object returns a reader of a member. What is wrong in there is its own err.
func (r *reader) object(name string) *reader {
	object, ok := member(r.from, name).(ast.Object)
	if !ok {
		r.fail(name, "an object")
	}
	return &reader{from: object}
}

// ids reads a set of ids, in order; it is never nil.
func ids[T ~string](r *reader, name string) []T {
	set, ok := member(r.from, name).(ast.Set)
	if !ok {
		r.fail(name, "a set")
		return []T{}
	}
	all := make([]T, 0, set.Len())
	set.Foreach(func(t *ast.Term) {
		id, ok := t.Value.(ast.String)
		if !ok {
			r.fail(name, "a set of ids")
		}
		all = append(all, T(id))
	})
	return all
}

func typeOf(v ast.Value) string {
	if v == nil {
		return "undefined"
	}
	return ast.ValueName(v)
}
