//go:build probe

// Package probe tells tests of the running app what can be seen in its window, and
// how it is doing. It is in no app but those that are built for tests: a window that
// tells everybody what it shows would give away what only its admin may see.
package probe

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"fyne.io/fyne/v2"
)

// Variable names the environment variable with the path of the socket.
const Variable = "SIGHTLINE_PROBE"

// Serve answers on the socket that the environment names, if it names one, until the
// process ends. Call it before the app runs.
func Serve(app fyne.App, w fyne.Window) error {
	path := os.Getenv(Variable)
	if path == "" {
		return nil
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return fmt.Errorf("open the probe: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return fmt.Errorf("close the probe to others: %w", err)
	}
	beat := &pulse{}
	go beat.run()
	go func() { _ = http.Serve(listener, handler(app, w, beat)) }()
	return nil
}

func handler(app fyne.App, w fyne.Window, beat *pulse) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /seen", func(rw http.ResponseWriter, _ *http.Request) {
		answer(rw, func() any { return see(w) })
	})
	mux.HandleFunc("GET /menus", func(rw http.ResponseWriter, _ *http.Request) {
		answer(rw, func() any { return menus(w) })
	})
	mux.HandleFunc("GET /clipboard", func(rw http.ResponseWriter, _ *http.Request) {
		answer(rw, func() any { return app.Clipboard().Content() })
	})
	mux.HandleFunc("GET /vitals", func(rw http.ResponseWriter, _ *http.Request) {
		write(rw, beat.vitals())
	})
	mux.HandleFunc("GET /rest", func(rw http.ResponseWriter, r *http.Request) {
		while, err := time.ParseDuration(r.FormValue("for"))
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		write(rw, beat.rest(while))
	})
	return mux
}

// answer writes what is read on the UI goroutine.
func answer(rw http.ResponseWriter, read func() any) {
	var value any
	fyne.DoAndWait(func() { value = read() })
	write(rw, value)
}

func write(rw http.ResponseWriter, value any) {
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(value)
}
