package loop_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"sightline.example/desktop/async/loop"
)

func TestTheAppRunsOnFynesLoop(t *testing.T) {
	test.NewTempApp(t)
	app := loop.New()
	ran := make(chan string, 2)
	app.Main(func() { ran <- "main" })
	app.Go(func(context.Context) { ran <- "background" })
	app.Close()
	if len(ran) != 2 {
		t.Errorf("%d of 2 ran", len(ran))
	}
}
