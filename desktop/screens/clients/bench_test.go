package clients_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/model"
	"sightline.example/policy"
)

// BenchmarkRefresh is what a change of one of 100,000 clients costs the window.
func BenchmarkRefresh(b *testing.B) {
	rows := make([]*model.Client, 100_000)
	for i := range rows {
		id := fmt.Sprintf("c%06d", i)
		rows[i] = model.NewClient(policy.Client{ID: policy.ClientID(id), Name: "Client " + id, Email: id + "@client.example", Status: policy.Active}, 1)
	}
	d := company()
	d.Clients = model.NewTable(rows)
	for name, prepare := range map[string]func(s *stage){
		"plain": func(*stage) {},
		"ten ticked": func(s *stage) {
			s.screen.Select("c050000")
			s.screen.FocusRows()
			for range 10 {
				s.Press(fyne.KeySpace, fyne.KeyDown)
			}
		},
		"all ticked": func(s *stage) {
			s.screen.FocusRows()
			s.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		},
	} {
		b.Run(name, func(b *testing.B) {
			s := show(b, d, model.LinkLive)
			prepare(s)
			for b.Loop() {
				s.screen.Refresh()
			}
		})
	}
}
