package lang

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestMistakesAreToldInTheAppsWords(t *testing.T) {
	for message, want := range map[string]string{
		"must not be empty":                 "Must not be empty.",
		"is 70 bytes long; the limit is 64": "Is 70 bytes long; the limit is 64.",
		`there is no group "Nobody"`:        `There is no group "Nobody".`,
		"there are clients whose stored value can't be read; replace or delete them first": "Something that is stored can't be read, and keeps this from being done. Tell whoever runs the sidecar.",
		`the stored value can't be read; it can be replaced or deleted with If-Match: "7"`: "Something that is stored can't be read, and keeps this from being done. Tell whoever runs the sidecar.",
		"5 messages were sent within a day; the next one can be sent at soon":              "Enough messages were sent for one day. The next one can be sent at soon.",
		"the client is suspended; only one who is active can be suspended":                 "The client is in another state by now. Look at it as it is.",
		"mixes Latin and Cyrillic letters, so it could pass for another address":           "Mixes letters of two scripts, so that it could pass for another address.",
		`"Print" is the name of 2 groups; give the id`:                                     `"Print" is the name of 2 groups. Give the identifier in its place.`,
		`was passed over: the column "Name" is the name`:                                   `Was passed over: the column "Name" has this already.`,
		`the employee "a b": id: has a character that is not a letter`:                     `The employee "a b" can't be stored like this. Check the identifier.`,
		`refers to "desing", which does not exist`:                                         `Refers to "desing", which does not exist.`,
		"is not valid CSV":                      "Is no table that can be read. Save the file as CSV.",
		"has something that nobody knew before": "The sidecar says: “Has something that nobody knew before”",
	} {
		if got := Sentence(message); got != want {
			t.Errorf("%q is told as %q, want %q", message, got, want)
		}
	}
	if told("has something that nobody knew before") != "" {
		t.Error("what is not known is told")
	}
}

// formats are the messages about members in a source.
var formats = regexp.MustCompile("FieldErrorf\\([^\"\n]*(?:\"[a-z.]+\", )?\"([^\"]+ [^\"]+)\"")

func TestWhatTheSidecarHasAgainstAValueHasWords(t *testing.T) {
	filled := strings.NewReplacer("%d", "7", "%s", "x", "%q", `"x"`)
	found := 0
	for _, file := range []string{
		"policy/id.go", "policy/email.go", "policy/directory.go", "policy/client.go", "policy/invitation.go",
		"sidecar/password/check.go", "sidecar/invite/client.go", "sidecar/invite/many.go",
	} {
		source, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range formats.FindAllStringSubmatch(string(source), -1) {
			found++
			if text := filled.Replace(format[1]); told(text) == "" && !ownFault[format[1]] {
				t.Errorf("%s: %q has no words", file, text)
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d messages were found", found)
	}
}

// ownFault has what the app never gives a reason for.
var ownFault = map[string]bool{
	"must be %s, %s or %s":          true, // a status
	"must be %s or %s":              true, // a type or a purpose
	"are %d; the limit is %d":       true, // links of an invitation
	"are %d; there must be 1 to %d": true,
}
