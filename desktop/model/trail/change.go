package trail

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Change is one member of an entity that is another one after an act.
type Change struct {
	Path          string // dotted, such as "scope.groups"
	Before, After string // empty where there was none, or is none
}

// ChangesOf returns what an act changed, by path. Lists are one value each.
func ChangesOf(before, after json.RawMessage) (all []Change) {
	old, next := flat(before), flat(after)
	paths := maps.Clone(old)
	maps.Copy(paths, next)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if old[path] != next[path] {
			all = append(all, Change{path, old[path], next[path]})
		}
	}
	return all
}

// flat returns the members of a JSON object that are no objects, by their paths.
// What is no JSON has none.
func flat(text json.RawMessage) map[string]string {
	all := map[string]string{}
	var value any
	if len(text) > 0 && json.Unmarshal(text, &value) == nil {
		flatten("", value, all)
	}
	return all
}

func flatten(path string, value any, into map[string]string) {
	if object, ok := value.(map[string]any); ok {
		for name, member := range object {
			flatten(strings.TrimPrefix(path+"."+name, "."), member, into)
		}
		return
	}
	into[path] = textOf(value)
}

func textOf(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case nil:
		return ""
	case []any:
		var parts []string
		for _, v := range value {
			parts = append(parts, textOf(v))
		}
		return strings.Join(parts, ", ")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
