package pseudotest

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/lang"
)

func TestMain(m *testing.M) {
	if err := load(); err != nil {
		log.Fatal(err)
	}
	m.Run()
}

// load makes up the language and has the app be in it.
func load() error {
	if err := os.Setenv("LC_ALL", "en_US.UTF-8"); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "lang", "catalogue", "en.json"))
	if err != nil {
		return err
	}
	var catalogue any
	if err := json.Unmarshal(text, &catalogue); err != nil {
		return err
	}
	if text, err = json.Marshal(bracketed(catalogue)); err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(text, "en")
}

// bracketed puts each text of a catalogue in brackets: the forms of those that
// count too.
func bracketed(entry any) any {
	switch entry := entry.(type) {
	case string:
		return in(entry)
	case map[string]any:
		for key, value := range entry {
			entry[key] = bracketed(value)
		}
	}
	return entry
}

// in returns what a text of the catalogue is in the language.
func in(text string) string { return "[" + text + "]" }
