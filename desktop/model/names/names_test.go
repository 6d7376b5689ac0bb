package names_test

import (
	"slices"
	"strings"
	"testing"

	"sightline.example/desktop/model/names"
)

func TestWordsAreFoundAtTheirBeginnings(t *testing.T) {
	text := names.TextOf("Zoë Møller-Straße 42", "zoe.m@client.example")
	for words, want := range map[string]bool{
		"": true, "zoe": true, "ZOË moll": true, "straße": true, "strasse": true, "42": true, "client": true, "zoe.m@cl": true,
		"oller": false, "zoe ada": false, "@other": false,
	} {
		if got := names.TermsOf(words).Find(&text); got != want {
			t.Errorf("%q is found: %v", words, got)
		}
	}
}

func TestNamesAreInTheOrderOfPeopleNotOfBytes(t *testing.T) {
	all := []string{"Zebra", "team 10", "Émile", "Team 9", "emma", "apple"}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(names.Order(a), names.Order(b)) })
	if got := strings.Join(all, ", "); got != "apple, Émile, emma, Team 9, team 10, Zebra" {
		t.Error(got)
	}
}
