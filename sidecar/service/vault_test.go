package service_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sightline.example/sidecar/mail/mailtest"
	"sightline.example/sidecar/store/storetest"
)

// vault knows the secrets of a sidecar, and all places where they could turn up:
// it is the transport of all that asks the sidecar.
type vault struct {
	cluster *storetest.Cluster
	prefix  string
	mail    string // the folder
	log     *lines

	mu      sync.Mutex
	answers []*answer
	secrets []secret
}

// secret is something that is told once, in one place.
type secret struct {
	name, text string
	homes      []string // what the names of places begin with where it may be
}

// answer is what came back on a request, as far as it was read.
type answer struct {
	place string
	mu    sync.Mutex
	text  bytes.Buffer
}

// Write implements io.Writer.
func (a *answer) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text.Write(p)
}

func (a *answer) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text.String()
}

// lines is a log.
type lines struct{ answer }

// RoundTrip implements http.RoundTripper.
func (v *vault) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	a := &answer{place: fmt.Sprintf("answer %d to %s %s: %d", len(v.answers), r.Method, r.URL.Path, response.StatusCode)}
	for name, values := range response.Header {
		for _, value := range values {
			// The cookie of a link is how its holder keeps it.
			if !strings.HasPrefix(value, "sightline-link=") {
				fmt.Fprintf(a, "%s: %s\n", name, value)
			}
		}
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.TeeReader(response.Body, a), response.Body}
	v.answers = append(v.answers, a)
	return response, nil
}

// keep adds a secret that may be in the given places alone.
func (v *vault) keep(name, text string, homes ...string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.secrets = append(v.secrets, secret{name, text, homes})
}

// told adds a secret that the last answer handed out.
func (v *vault) told(t *testing.T, name, text string, homes ...string) {
	t.Helper()
	v.mu.Lock()
	last := v.answers[len(v.answers)-1]
	for _, a := range v.answers[max(len(v.answers)-3, 0):] {
		if strings.Contains(a.String(), text) {
			last = a
		}
	}
	v.mu.Unlock()
	if text == "" || !strings.Contains(last.String(), text) {
		t.Fatalf("%s, %q, is not in %s:\n%s", name, text, last.place, last)
	}
	v.keep(name, text, append(homes, last.place)...)
}

// found returns where secrets are that should not be.
func (v *vault) found(t *testing.T) []string {
	t.Helper()
	places := v.places(t)
	v.mu.Lock()
	defer v.mu.Unlock()
	var found []string
	for place, text := range places {
		for _, s := range v.secrets {
			home := slices.ContainsFunc(s.homes, func(home string) bool { return strings.HasPrefix(place, home) })
			if !home && strings.Contains(text, s.text) {
				found = append(found, s.name+" in "+place)
			}
		}
	}
	slices.Sort(found)
	return found
}

// places returns the texts of all places by their names.
func (v *vault) places(t *testing.T) map[string]string {
	t.Helper()
	places := map[string]string{"log": v.log.String()}
	v.mu.Lock()
	for _, a := range v.answers {
		places[a.place] = a.String()
	}
	v.mu.Unlock()
	for key, value := range v.cluster.Values(t, v.prefix) {
		key = strings.TrimPrefix(key, v.prefix)
		var kept struct{ Result []byte } // of an idempotency record
		_ = json.Unmarshal([]byte(value), &kept)
		places["etcd "+key] = key + "\n" + value + "\n" + string(kept.Result)
	}
	for file, m := range v.letters(t) {
		places["mail "+file] = file + "\n" + string(m.Raw) + "\n" + m.Text + "\n" + m.HTML
	}
	return places
}

// letters returns the messages in the folder, by file.
func (v *vault) letters(t *testing.T) map[string]mailtest.Message {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(v.mail, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	letters := map[string]mailtest.Message{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if letters[filepath.Base(file)], err = mailtest.Parse(raw); err != nil {
			t.Fatal(err)
		}
	}
	return letters
}
