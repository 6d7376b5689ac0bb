// Package langtest has tests read English, whatever the language of the machine.
package langtest

import (
	"log"
	"os"
	"testing"

	"sightline.example/desktop/lang"
)

// Main runs the tests of a package with the catalogue loaded, for its TestMain.
func Main(m *testing.M) {
	if err := os.Setenv("LC_ALL", "en_US.UTF-8"); err != nil {
		log.Fatal(err)
	}
	if err := lang.Load(lang.System); err != nil {
		log.Fatal(err)
	}
	m.Run()
}
