package settings_test

import (
	"testing"

	"sightline.example/desktop/lang/langtest"
)

func TestMain(m *testing.M) { langtest.Main(m) }
