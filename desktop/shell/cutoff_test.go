package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/session"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// What can't be changed says why, and that is another reason than a sidecar that is
// gone.
func TestAStoreThatIsGoneIsNotASidecarThatIsGone(t *testing.T) {
	line := storetest.NewProxy(t, storetest.Start(t).Endpoint())
	s := startBeside(t, sidecartest.Start(t, sidecartest.Options{Endpoints: []string{line.Endpoint()}, Prefix: "/gone/", MaxStaleness: 6 * time.Second}))
	s.signIn(session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	s.Tap("Acme Bank")
	s.Press(fyne.KeyReturn)
	s.until("Allow seeing screencasts")
	s.Tap("Allow seeing screencasts")
	line.Hold()
	s.until("The sidecar is cut off from its store. You can read what it knew until then;")
	s.WantTexts("Read only")
	s.until("What you changed is kept. You can go on, and save it, when the sidecar takes changes again.")
	s.until("The sidecar is cut off from its store, and does not answer until it is back.")
	line.Release()
	s.until("Live")
	s.WantNoTexts("Read only")
}
