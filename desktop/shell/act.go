package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// manyClients is from how many on an act is asked about first, tells how far it has
// come, and can be stopped.
const manyClients = 20

// act does something with clients: at once where it can be taken back and they are
// few, and else once the admin has said so. then is called when it has begun.
func (s *Shell) act(a model.Act, clients []*model.Client, then func()) {
	switch {
	case len(clients) == 0:
	case a == model.ActDelete:
		s.askToDelete(clients, then)
	case a == model.ActRevoke:
		s.askToRevoke(clients[0], then)
	case len(clients) > manyClients:
		s.askForMany(a, clients, then)
	default:
		s.do(a, clients, then)
	}
}

func (s *Shell) do(a model.Act, clients []*model.Client, then func()) {
	acts := model.Acts{On: s.scope, Client: s.session.Client}
	s.work(func(progress func(n, of int), done func(model.Outcome)) (stop func()) {
		return acts.Do(a, clients, progress, done)
	})
	then()
}

// work begins an act that tells how far it has come, and lets it be stopped where it
// is long.
func (s *Shell) work(begin func(progress func(n, of int), done func(model.Outcome)) (stop func())) {
	w, stop := s.frame.newWork(lang.L("Clients are being changed. Those whose turn has not come stay as they are.")), func() {}
	progress := func(n, of int) {
		if of > manyClients && n < of && n%10 == 1 {
			w.tell(lang.L("{{.N}} of {{.Total}} done", lang.Data{"N": lang.Number(n), "Total": lang.Number(of)}), func() { stop() })
		}
	}
	stop = begin(progress, func(o model.Outcome) {
		w.end()
		s.done(o)
	})
}

// done tells what became of an act.
func (s *Shell) done(o model.Outcome) {
	s.frame.refresh()
	if top := s.pages.top(); top != nil && top.Acted != nil {
		top.Acted(o)
	}
	if len(o.Done) > 0 {
		toast := notice.Toast{Text: doneText(o), Tone: look.Success}
		if o.Act.Undo() != "" {
			toast.Action, toast.OnAction = lang.L("Undo"), func() { s.undo(o) }
		}
		s.tray.Add(toast)
	}
	if n := len(o.Failed); n > 0 {
		first := o.Failed[0]
		s.failed(lang.N("{{.N}} clients stay as they were, such as {{.Name}}.", n, lang.Data{"Name": first.Client.Name}), first.Err)
	}
	if o.Left > 0 {
		s.toast(look.Info, lang.N("Stopped: {{.N}} clients stay as they were.", o.Left))
	}
	if len(o.Done) == 0 && len(o.Failed) == 0 {
		s.toast(look.Info, lang.L("There is nothing to do for these clients."))
	}
}

// undo takes an act back.
func (s *Shell) undo(o model.Outcome) {
	if s.store == nil {
		return
	}
	acts := model.Acts{On: s.scope, Client: s.session.Client}
	s.work(func(progress func(n, of int), done func(model.Outcome)) (stop func()) {
		return acts.Undo(o, progress, done)
	})
}

func doneText(o model.Outcome) string {
	n := len(o.Done)
	name := lang.Data{"Name": o.Done[0].Name}
	one := n == 1
	switch o.Act {
	case model.ActSuspend:
		if one {
			return lang.L("{{.Name}} is suspended and sees nothing.", name)
		}
		return lang.N("{{.N}} clients are suspended and see nothing.", n)
	case model.ActResume:
		if one {
			return lang.L("{{.Name}} is active again.", name)
		}
		return lang.N("{{.N}} clients are active again.", n)
	case model.ActResend:
		if one {
			return lang.L("{{.Name}} gets another invitation.", name)
		}
		return lang.N("{{.N}} clients get another invitation.", n)
	case model.ActRevoke:
		return lang.L("The invitation of {{.Name}} is worth nothing any more.", name)
	}
	if one {
		return lang.L("{{.Name}} is deleted.", name)
	}
	return lang.N("{{.N}} clients are deleted.", n)
}

func (s *Shell) askToDelete(clients []*model.Client, then func()) {
	first := clients[0]
	cfg := dialog.Config{
		Title:       lang.L("Delete client {{.Name}}?", lang.Data{"Name": first.Name}),
		Text:        lang.L("{{.Name}} sees nothing from then on, and the account is gone. This can't be taken back. What was changed stays in the audit log.", lang.Data{"Name": first.Name}),
		Name:        first.Name,
		Confirm:     lang.L("Delete"),
		Cancel:      lang.L("Keep"),
		Destructive: true,
		OnConfirm:   func() { s.do(model.ActDelete, clients, then) },
	}
	if n := len(clients); n > 1 {
		cfg.Title = lang.N("Delete {{.N}} clients?", n)
		cfg.Text = lang.L("They see nothing from then on, and their accounts are gone. This can't be taken back. What was changed stays in the audit log.")
		cfg.Name = lang.Number(n)
	}
	dialog.Show(s.window.Canvas(), cfg)
}

// askForMany asks before something is done with many clients at once.
func (s *Shell) askForMany(a model.Act, clients []*model.Client, then func()) {
	n := len(clients)
	cfg := dialog.Config{Cancel: lang.L("Cancel"), OnConfirm: func() { s.do(a, clients, then) }}
	switch a {
	case model.ActSuspend:
		cfg.Title, cfg.Confirm = lang.N("Suspend {{.N}} clients?", n), lang.L("Suspend")
		cfg.Text = lang.L("Those who are active see nothing from then on, until you resume them.")
	case model.ActResume:
		cfg.Title, cfg.Confirm = lang.N("Resume {{.N}} clients?", n), lang.L("Resume")
		cfg.Text = lang.L("Those who are suspended see again what their scopes say.")
	default:
		cfg.Title, cfg.Confirm = lang.N("Invite {{.N}} clients again?", n), lang.L("Send")
		cfg.Text = lang.L("Those who have not accepted yet get another invitation; the links they have open nothing any more.")
	}
	dialog.Show(s.window.Canvas(), cfg)
}

func (s *Shell) askToRevoke(c *model.Client, then func()) {
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title:       lang.L("Revoke the invitation of {{.Name}}?", lang.Data{"Name": c.Name}),
		Text:        lang.L("The link that was sent opens nothing any more. You can send another one later."),
		Confirm:     lang.L("Revoke"),
		Cancel:      lang.L("Keep"),
		Destructive: true,
		OnConfirm:   func() { s.do(model.ActRevoke, []*model.Client{c}, then) },
	})
}
