package shell_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/session"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// longLog is signedIn with more records in the audit log than are read at once. Those
// after the first part come only once they are let through.
func longLog(t *testing.T) (s *stage, letThrough func()) {
	t.Helper()
	s = start(t)
	var many api.Invitations
	for i := range api.MaxInvitations {
		many.Invitations = append(many.Invitations, api.NewInvitation{
			Email: fmt.Sprintf("guest%d@client.example", i), Name: fmt.Sprint("Zed ", i), Scope: policy.Scope{Groups: []policy.GroupID{"design"}},
		})
	}
	stored, err := s.sidecar.Owner.InviteMany(t.Context(), many, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.sidecar.Owner = s.sidecar.Owner.AtLeast(stored.Token)
	target, err := url.Parse(s.sidecar.URL)
	if err != nil {
		t.Fatal(err)
	}
	through := make(chan struct{})
	line := httputil.NewSingleHostReverseProxy(target)
	line.FlushInterval = -1
	held := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		log := r.URL.Path == api.PathAudit || r.URL.Path == api.PathAuditLog
		if log && q.Get(api.ParamLimit) == fmt.Sprint(api.MaxPage) && q.Get(api.ParamAfter) != "" && q.Get(api.ParamAfter) != "0" {
			select {
			case <-through:
			case <-r.Context().Done():
				return
			}
		}
		line.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		held.CloseClientConnections() // what follows the changes never ends
		held.Close()
	})
	s.sidecar.URL = held.URL
	s.signIn(session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	s.choose("Audit log")
	s.until("records shown")
	return s, func() { close(through) }
}

func wantFiles(t *testing.T, dir string, want int) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != want {
		t.Errorf("there are %v, %v", files, err)
	}
}

func TestALongExportTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	s, letThrough := longLog(t)
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	export := func() {
		s.choose("Export the records shown…")
		s.until("A table as CSV, or records in JSON")
		s.Press(fyne.KeyReturn)
		s.until("000 records exported so far")
		wantFiles(t, dir, 1) // the first part is in it already
	}
	export()
	s.Tap("Stop")
	s.until("Stopped. Nothing was exported.")
	s.WantNoTexts("Stop")
	wantFiles(t, dir, 0)

	export()
	letThrough()
	s.until("records were exported to")
	s.WantNoTexts("Stop")
	wantFiles(t, dir, 1)
}

func TestWhatEndsMeanwhileTakesNoOthersBannerAway(t *testing.T) {
	s, letThrough := longLog(t)
	s.Tap("Verify")
	s.until("records of the audit log verified")
	s.choose("Clients")
	s.until("Acme Bank")
	s.Tap("Acme Bank")
	s.choose("Suspend the ticked clients")
	s.until("is suspended and sees nothing.")
	s.WantTexts("Stop")
	letThrough()
	s.until("records of the audit log are whole. Keep")
	s.WantNoTexts("Stop")
}

func TestALongVerificationTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	s, letThrough := longLog(t)
	s.Tap("Verify")
	s.until("records of the audit log verified")
	s.Tap("Stop")
	s.until("Stopped. The first")
	s.WantNoTexts("Stop")

	s.Tap("Verify")
	s.until("records of the audit log verified")
	letThrough()
	s.until("records of the audit log are whole. Keep")
	s.WantNoTexts("Stop")
}
