package shell

import (
	"bytes"
	"slices"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/review"
	reviewscreen "sightline.example/desktop/screens/review"
	"sightline.example/policy"
)

// pageFindings is the id of the page with the findings.
const pageFindings = "findings"

// openFindings shows what asks for a look, as a part of the access review.
func (s *Shell) openFindings() {
	s.within(sectionReview, pageFindings, func() { s.pages.push(s.findingsPage()) })()
}

// findingsPage returns the page with the findings, which are looked for anew after
// changes.
func (s *Shell) findingsPage() *Page {
	m := review.NewFindings(s.scope, s.store, s.session.Client)
	export := func() { s.exportFindings(m) }
	screen := reviewscreen.NewFindings(reviewscreen.FindingsConfig{
		Model: m, Tips: s.tips, After: s.cfg.On.After, OnOpen: s.openFinding, OnExport: export, OnChange: s.frame.refresh,
	})
	stop := s.keepAsking(m.Again)
	return &Page{
		ID: pageFindings, Title: lang.L("Findings"), Content: screen.Content, Focus: screen.FocusRows,
		Commands: []Command{{
			ID: "export", Title: lang.L("Export the findings shown…"), Menu: lang.L("Edit"), Key: fyne.KeyE, Mod: ctrl,
			Enabled: func() bool { return len(m.Rows()) > 0 }, Run: export,
		}},
		Status: func() string {
			if !m.Read() {
				return ""
			}
			return lang.N("{{.N}} findings", len(m.Rows()))
		},
		Close: func() {
			stop()
			m.Close()
		},
	}
}

// openFinding shows what a finding is about.
func (s *Shell) openFinding(f review.Finding) {
	if f.Kind == policy.TypeClient {
		s.openDetail(f.ID)
		return
	}
	s.openThing(f.Kind, f.ID)
}

// exportFindings writes the findings that are listed to a file.
func (s *Shell) exportFindings(m *review.Findings) {
	rows := slices.Clone(m.Rows())
	s.export(export{
		title: lang.N("Export {{.N}} findings", len(rows)), about: "findings",
		make: func(made func(content)) {
			var text bytes.Buffer
			err := review.WriteFindings(&text, rows)
			made(content{text: text.Bytes(), err: err})
		},
	})
}
