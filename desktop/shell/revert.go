package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/trail"
	selectionscreen "sightline.example/desktop/screens/selection"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/policy"
)

// askToRevert takes the change of a scope back, by a change of its own, once the
// admin has seen what the client would gain and lose by that.
func (s *Shell) askToRevert(r *trail.Row) {
	before, after, ok := r.Scopes()
	c := s.client(r.ID)
	if !ok || c == nil {
		return
	}
	saved := editor.Saved{Client: c.Client, Before: before, After: after}
	calls := editor.Calls(s.scope, s.session.Client)
	calls.TryUndo(saved, func(e editor.Effect, err error) {
		switch {
		case policy.CodeOf(err) == policy.Conflict || err == nil && e.Diff.Empty():
			s.tellUndone(saved, err)
		case err != nil:
			s.failed(lang.L("It could not be found out what that would change."), err)
		case !s.covered():
			s.askToRevertKnowing(calls, saved, e)
		}
	})
}

func (s *Shell) askToRevertKnowing(calls editor.Config, saved editor.Saved, e editor.Effect) {
	text := lang.L("It becomes another change: {{.Changes}}. What was changed since in other places stays.",
		lang.Data{"Changes": lang.Changes(e.Diff)})
	if e.Preview.Blind() {
		text += " " + lang.L("The client will see nobody's work.")
	}
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.L("Take back this change of {{.Name}}?", lang.Data{"Name": saved.Client.Name}),
		Text:  text, Content: selectionscreen.Changes(e.Preview), Width: 560,
		Confirm: lang.L("Take back"), Cancel: lang.L("Keep"),
		OnConfirm: func() { s.undoSave(calls, saved) },
	})
}
