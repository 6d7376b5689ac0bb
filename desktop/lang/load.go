package lang

import (
	"embed"
	"errors"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

//go:embed catalogue
var catalogue embed.FS

// Language says in which language the app is.
type Language string

// The languages: that of the desktop, or always the same.
const (
	System  Language = ""
	English Language = "en"
	German  Language = "de"
)

// Languages returns the languages there are to choose from.
func Languages() []Language { return []Language{System, English, German} }

// Name returns what a language is called: by its own name, as whoever looks for
// it may understand no other.
func (l Language) Name() string {
	switch l {
	case English:
		return "English"
	case German:
		return "Deutsch"
	}
	return L("As the system")
}

// Load has texts come from the catalogue. A language there is no catalogue of is
// that of the desktop. It is called once, before any text is made: texts that
// were made before stay as they are.
func Load(l Language) error {
	if l != English && l != German {
		return lang.AddTranslationsFS(catalogue, "catalogue")
	}
	return in(l, func() error {
		err := lang.AddTranslationsFS(catalogue, "catalogue")
		if locale := lang.SystemLocale().LanguageString(); err == nil && locale != string(l) {
			err = as(l, locale)
		}
		return err
	})
}

// localeVariable is what Fyne looks at first to learn the language, where it
// learns it from the environment.
const localeVariable = "LC_ALL"

// in does something while the language of the desktop seems to be another one.
// The environment is put back at once: input methods and whatever the app starts
// look at it too.
func in(l Language, do func() error) error {
	before, set := os.LookupEnv(localeVariable)
	if err := os.Setenv(localeVariable, string(l)); err != nil {
		return err
	}
	err := do()
	if set {
		return errors.Join(err, os.Setenv(localeVariable, before))
	}
	return errors.Join(err, os.Unsetenv(localeVariable))
}

// as has the texts of a language stand in for those of the locale: some desktops
// tell their language by other ways than the environment, and Fyne can't be told
// otherwise. Fyne's own few words stay in the desktop's language then.
func as(l Language, locale string) error {
	text, err := catalogue.ReadFile("catalogue/" + string(l) + ".json")
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(text, fyne.Locale(locale))
}
