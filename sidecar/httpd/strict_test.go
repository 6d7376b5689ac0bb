package httpd

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func nested(n int) string {
	return strings.Repeat("[", n) + strings.Repeat("]", n)
}

func TestBadJSONIsRefusedByName(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"empty":                    {``, "the body is empty"},
		"blank":                    {" \r\n\t", "the body is empty"},
		"cut off":                  {`{"a":[1,`, "the body ends in the middle of its JSON"},
		"cut off string":           {`{"a":"x`, "the body ends in the middle of its JSON"},
		"not JSON":                 {`hello`, "the body is not valid JSON after byte 0"},
		"single quotes":            {`{'a':1}`, "the body is not valid JSON after byte 1"},
		"comma":                    {`{"a":[1,]}`, "the body is not valid JSON after byte 7"},
		"leading zero":             {`{"a":01}`, "the body is not valid JSON after byte 6"},
		"infinity":                 {`{"a":Infinity}`, "the body is not valid JSON after byte 5"},
		"byte order mark":          {"\ufeff{}", "the body is not valid JSON after byte 0"},
		"control character":        {"{\"a\":\"\x01\"}", "the body is not valid JSON after byte 6"},
		"trailing":                 {`{} {}`, "the body goes on after the end of its JSON"},
		"trailing brace":           {`{}}`, "the body goes on after the end of its JSON"},
		"bad UTF-8":                {"{\"a\":\"\xff\"}", "the body is not valid UTF-8"},
		"bad UTF-8 in a name":      {"{\"\xc3\x28\":1}", "the body is not valid UTF-8"},
		"half a surrogate":         {`{"a":"\ud800"}`, "the body is not valid JSON after byte 6"},
		"duplicate":                {`{"a":1,"a":1}`, "a: occurs twice"},
		"duplicate, escaped":       {`{"a":1,"\u0061":1}`, "a: occurs twice"},
		"duplicate below":          {`{"a":[{},{"b":{"c":1,"c":2}}]}`, "a[1].b.c: occurs twice"},
		"33 deep":                  {nested(33), strings.Repeat("[0]", 32) + ": is nested more than 32 deep"},
		"33 deep in objects":       {strings.Repeat(`{"a":`, 33) + "1" + strings.Repeat("}", 33), strings.Repeat("a.", 31) + "a: is nested more than 32 deep"},
		"long number":              {`{"a":{"b":` + strings.Repeat("1", 33) + `}}`, "a.b: has a number of more than 32 characters"},
		"huge number":              {`{"a":1e309}`, "a: has a number out of the range of a double"},
		"huge negative number":     {`[-1E+999999999]`, "[0]: has a number out of the range of a double"},
		"tiny number":              {`[0,0.1e-999999999]`, "[1]: has a number out of the range of a double"},
		"long string":              {`{"a":[0,"` + strings.Repeat("x", 8193) + `"]}`, "a[1]: has a string of more than 8192 bytes"},
		"long string, escaped":     {`["` + strings.Repeat(`\u00fc`, 4097) + `"]`, "[0]: has a string of more than 8192 bytes"},
		"long name":                {`{"` + strings.Repeat("x", 8193) + `":1}`, `["` + strings.Repeat("x", 64) + `"...]: has a string of more than 8192 bytes`},
		"a name that is no word":   {`{"a.b":{"":{"<\n>":1e999}}}`, `["a.b"][""]["<\n>"]: has a number out of the range of a double`},
		"a name that is a number":  {`{"0":[1e999]}`, "0[0]: has a number out of the range of a double"},
		"names with slash, escape": {`{"a/b":{"~":1e999}}`, `["a/b"]["~"]: has a number out of the range of a double`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseJSON([]byte(c.body))
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error(diff)
			}
			if err := checkJSON([]byte(c.body)); err == nil || err.Error() != c.want {
				t.Errorf("checkJSON: %v", err)
			}
		})
	}
}

func TestJSONUpToTheLimitsIsRead(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want any
	}{
		"32 deep":      {nested(32), deep(32)},
		"long number":  {strings.Repeat("1", 32), json.Number(strings.Repeat("1", 32))},
		"exact number": {`[1.0,1e2,-0,0e-999999999,12345678901234567890]`, []any{json.Number("1.0"), json.Number("1e2"), json.Number("-0"), json.Number("0e-999999999"), json.Number("12345678901234567890")}},
		"long string":  {`"` + strings.Repeat("x", 8192) + `"`, strings.Repeat("x", 8192)},
		"escapes":      {`"\u00fc\n\ud83d\ude00"`, "ü\n😀"},
		"literals":     {`{"a":true,"b":false,"c":null,"d":[],"e":{}}`, map[string]any{"a": true, "b": false, "c": nil, "d": []any{}, "e": map[string]any{}}},
		"space":        {" {} \n", map[string]any{}},
		"same elsewhere": {`{"a":{"a":1},"b":{"a":1}}`, map[string]any{
			"a": map[string]any{"a": json.Number("1")}, "b": map[string]any{"a": json.Number("1")},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parseJSON([]byte(c.body))
			if err != nil {
				t.Fatal(err)
			}
			// Not by cmp: its time doubles with each level of nesting.
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v, want %#v", got, c.want)
			}
			if err := checkJSON([]byte(c.body)); err != nil {
				t.Errorf("checkJSON: %v", err)
			}
		})
	}
}

func deep(n int) any {
	if n == 1 {
		return []any{}
	}
	return []any{deep(n - 1)}
}
