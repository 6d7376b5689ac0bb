package sketch

import "sightline.example/policy"

// SetGroups selects these groups and no others.
func (s *Sketch) SetGroups(ids []policy.GroupID) { s.edit(func() { s.draft.SetGroups(ids) }) }

// SetProjects selects these projects and no others.
func (s *Sketch) SetProjects(ids []policy.ProjectID) { s.edit(func() { s.draft.SetProjects(ids) }) }

// SetScreencasts says whether screencasts are visible.
func (s *Sketch) SetScreencasts(on bool) { s.edit(func() { s.draft.SetScreencasts(on) }) }

// ReplaceDead selects what took the place of the dead references: a group in that
// of the groups, a project in that of the projects. Empty ids leave them.
func (s *Sketch) ReplaceDead(group policy.GroupID, project policy.ProjectID) {
	s.edit(func() { s.draft.Replace(s.Dead(), group, project) })
}

// CanUndo reports whether there is a change to take back.
func (s *Sketch) CanUndo() bool { return !s.locked && s.draft.CanUndo() }

// CanRedo reports whether there is a change that was taken back.
func (s *Sketch) CanRedo() bool { return !s.locked && s.draft.CanRedo() }

// Undo takes the last change back.
func (s *Sketch) Undo() { s.step(s.draft.Undo) }

// Redo makes the change again that was taken back last.
func (s *Sketch) Redo() { s.step(s.draft.Redo) }

// From returns the beginning of the period as it is written.
func (s *Sketch) From() Date { return s.from }

// Until returns the end of the period as it is written.
func (s *Sketch) Until() Date { return s.until }

// SetFrom sets the beginning of the period. What was typed stays even if it means
// nothing; then the draft stays as it was.
func (s *Sketch) SetFrom(text string) {
	t, err := ParseFrom(text, s.cfg.Zone)
	s.edit(func() {
		s.from = Date{text, err}
		if err == nil {
			s.draft.SetPeriod(t, s.draft.Scope().Until)
		}
	})
}

// SetUntil sets the end of the period, likewise.
func (s *Sketch) SetUntil(text string) {
	t, err := ParseUntil(text, s.cfg.Zone)
	s.edit(func() {
		s.until = Date{text, err}
		if err == nil {
			s.draft.SetPeriod(s.draft.Scope().From, t)
		}
	})
}

// step changes the draft in a way that can change the period.
func (s *Sketch) step(change func()) {
	s.edit(func() {
		change()
		s.showPeriod()
	})
}

func (s *Sketch) edit(change func()) {
	if s.locked {
		return
	}
	change()
	s.Ask()
}

// showPeriod writes the period of the draft anew.
func (s *Sketch) showPeriod() {
	p := s.draft.Scope()
	s.from, s.until = Date{Text: FormatFrom(p.From, s.cfg.Zone)}, Date{Text: FormatUntil(p.Until, s.cfg.Zone)}
}
