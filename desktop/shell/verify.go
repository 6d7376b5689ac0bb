package shell

import (
	"errors"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/sidecar/audit"
)

// verifyLog checks the whole chain, tells how far it has come, and what was found.
func (s *Shell) verifyLog(calls trail.Config) {
	s.toast(look.Info, lang.L("The audit log is being verified…"))
	v, w := trail.Verify(calls), s.frame.newWork("")
	v.OnChange = func() {
		verdict := v.Verdict()
		if verdict == nil {
			s.tellVerified(v, w)
			return
		}
		v.Close()
		w.end()
		s.tellVerdict(*verdict)
	}
}

// tellVerified tells how far a verification has come, and lets it be stopped.
func (s *Shell) tellVerified(v *trail.Verification, w *work) {
	done, of := v.Progress()
	if done == of {
		return // the verdict follows
	}
	data := lang.Data{"N": lang.Number(done), "Total": lang.Number(of)}
	w.tell(lang.L("{{.N}} of {{.Total}} records of the audit log verified", data), func() {
		v.Close()
		w.end()
		s.toast(look.Info, lang.L("Stopped. The first {{.N}} of {{.Total}} records of the audit log are whole.", data))
	})
}

func (s *Shell) tellVerdict(v trail.Verdict) {
	if v.Err == nil {
		s.tray.Add(notice.Toast{
			Text: lang.N("All {{.N}} records of the audit log are whole. Keep the last one's number and hash elsewhere.", v.Records), Tone: look.Success,
			Action: lang.L("Copy"), OnAction: func() { s.copy(v.Last) },
		})
		return
	}
	if _, found := errors.AsType[*audit.Fault](v.Err); found {
		s.toast(look.Danger, lang.L("The audit log was tampered with after record {{.N}}. Compare it with its archive and your backups.", lang.Data{"N": lang.Number(v.Records)}))
		return
	}
	s.failed(lang.L("The audit log could not be verified."), v.Err)
}
