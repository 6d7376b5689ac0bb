package lang

import "testing"

func TestMistakesAreToldInTheAppsWords(t *testing.T) {
	for message, want := range map[string]string{
		"must not be empty":                     "Must not be empty.",
		"is 70 bytes long; the limit is 64":     "Is 70 bytes long; the limit is 64.",
		`there is no group "Nobody"`:            `There is no group "Nobody".`,
		"has something that nobody knew before": "Has something that nobody knew before.",
	} {
		if got := Sentence(message); got != want {
			t.Errorf("%q is told as %q, want %q", message, got, want)
		}
	}
	if told("has something that nobody knew before") != "" {
		t.Error("what is not known is told")
	}
}
