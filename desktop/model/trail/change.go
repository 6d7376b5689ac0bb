package trail

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Change is one member of an entity that is another one after an act.
type Change struct {
	Path string // dotted, such as "scope.groups"
	// Before and After are the values, as texts; empty where there was none, or is
	// none. Lists have none, but what was added and removed.
	Before, After  string
	Added, Removed []string
}

// ChangesOf returns what an act changed, by path: all there is of what was made
// or deleted. What says that and by whom it was changed is left out.
func ChangesOf(before, after json.RawMessage) (all []Change) {
	old, next := flat(before), flat(after)
	if len(old) > 0 && len(next) > 0 {
		spellOut(old, next)
		spellOut(next, old)
	}
	paths := maps.Clone(old)
	maps.Copy(paths, next)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		switch path {
		case "id", "v", "created", "changed", "changed_by":
			continue
		}
		if c := compare(path, old[path], next[path]); !c.empty() {
			all = append(all, c)
		}
	}
	return all
}

// spellOut gives one form of an entity each yes or no that another has: what is left
// out of it is a no.
func spellOut(form, other map[string]any) {
	for path, value := range other {
		if _, there := form[path]; there {
			continue
		}
		if _, yesNo := value.(bool); yesNo {
			form[path] = false
		}
	}
}

func (c Change) empty() bool { return c.Before == c.After && len(c.Added)+len(c.Removed) == 0 }

func compare(path string, before, after any) Change {
	old, isOld := before.([]any)
	next, isNext := after.([]any)
	if !isOld && !isNext {
		return Change{Path: path, Before: textOf(before), After: textOf(after)}
	}
	return Change{Path: path, Added: without(next, old), Removed: without(old, next)}
}

// without returns the elements of one list that another lacks.
func without(list, other []any) (rest []string) {
	has := map[string]bool{}
	for _, v := range other {
		has[textOf(v)] = true
	}
	for _, v := range list {
		if text := textOf(v); !has[text] {
			rest = append(rest, text)
		}
	}
	return rest
}

// flat returns the members of a JSON object that are no objects, by their paths.
// What is no JSON has none.
func flat(text json.RawMessage) map[string]any {
	all := map[string]any{}
	var value any
	if read(text, &value) {
		flatten("", value, all)
	}
	return all
}

func flatten(path string, value any, into map[string]any) {
	if object, ok := value.(map[string]any); ok {
		for name, member := range object {
			flatten(strings.TrimPrefix(path+"."+name, "."), member, into)
		}
		return
	}
	into[path] = value
}

func textOf(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case nil:
		return ""
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
