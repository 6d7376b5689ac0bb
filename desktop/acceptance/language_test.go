//go:build acceptance

package acceptance

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"sightline.example/sidecar/sidecartest"
)

// TestCheck37German finds texts that are shown in English though there is a German
// one. That every text is in the catalogue is for the package pseudotest.
func TestCheck37German(t *testing.T) {
	english := englishOnly(t)
	sidecar := world(t, sidecartest.Options{})
	a := launch(t, options{env: []string{"LANG=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8"}})
	check := func(s seen) {
		t.Helper()
		for _, i := range s.Items {
			if english[i.words()] {
				t.Errorf("on %q there is %q", s.Title, i.words())
			}
		}
	}
	check(a.until("Mit einem Sidecar verbinden"))
	a.when("the fields", func(s seen) bool { return focused(s) == "https://sightline.example" })
	a.enterHere(sidecar.URL, sidecartest.Email)
	check(a.until("240 Kunden", "Acme Bank"))
	for key, title := range map[string]string{
		"ctrl+1": "Übersicht", "ctrl+3": "Gruppen", "ctrl+4": "Projekte", "ctrl+5": "Mitarbeiter",
		"ctrl+6": "Zugänge prüfen", "ctrl+7": "Protokoll", "ctrl+comma": "Einstellungen",
	} {
		a.press(key)
		check(a.when(title, func(s seen) bool { return strings.HasPrefix(s.Title, title) }))
	}
}

// englishOnly returns the texts of which the German form is another one.
func englishOnly(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../lang/catalogue/de.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	only := map[string]bool{}
	for english, german := range all {
		only[english] = english != german
	}
	for _, german := range all { // what is a German text too is no fault
		if word, plain := german.(string); plain {
			delete(only, word)
		}
	}
	return only
}
