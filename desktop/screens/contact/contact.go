// Package contact is the form in which the name and the address of a client are
// changed.
package contact

import (
	"cmp"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/contact"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// Form is what is filled in. It belongs to the UI goroutine.
type Form struct {
	Content fyne.CanvasObject

	model       *contact.Edit
	hindrance   func() string
	name, email *field
	follows     *widget.Label // says what follows from another address
	state       *widget.Label
	wrong       *form.Mistake
}

// New returns the form. hindrance says why nothing can be changed now; it is empty if
// something can. Whoever changes the model calls Refresh.
func New(m *contact.Edit, hindrance func() string) *Form {
	f := &Form{model: m, hindrance: hindrance, follows: look.Paragraph(""), state: look.Paragraph(""), wrong: form.NewMistake()}
	f.name = newField(m, contact.Name, lang.L("Name"),
		lang.L("What you and other admins call the client, and whom messages are addressed to. The name in the client's account is the client's own, and stays."))
	f.email = newField(m, contact.Email, lang.L("E-mail address"), "")
	f.follows.SizeName, f.follows.Importance = theme.SizeNameCaptionText, widget.LowImportance
	f.state.Importance = widget.LowImportance
	f.Content = look.Column(14, f.name.row, f.email.row, look.Flush(f.follows), f.wrong, look.Flush(f.state))
	f.Refresh()
	return f
}

// Keys offers what is typed into the fields to a function first.
func (f *Form) Keys(on func(fyne.KeyName) bool) { f.name.entry.OnKey, f.email.entry.OnKey = on, on }

// Refresh shows the model as it is now.
func (f *Form) Refresh() {
	m := f.model
	why := f.why()
	f.name.refresh(m, why == "", "name")
	f.email.refresh(m, why == "", "email")
	f.follows.SetText(followsText(m.Client().Status))
	f.state.SetText(why)
	look.Hide(f.state, why == "")
	f.wrong.Set(wrongText(m))
	f.Content.Refresh()
}

// why says why nothing can be changed now.
func (f *Form) why() string {
	switch {
	case f.model.Gone():
		return lang.L("This client does not exist any more.")
	case f.model.Busy():
		return lang.L("Saving…")
	}
	return f.hindrance()
}

// followsText says what follows from another address.
func followsText(s policy.Status) string {
	if s == policy.Invited {
		return lang.L("Nothing is sent because of another address, and a link that was sent to the old one opens nothing any more. Send the invitation again afterwards: it goes to the new address.")
	}
	return lang.L("The client signs in with the new address from then on and no longer with the old one; the password stays, and who is signed in stays so. Nothing is sent because of it. Messages to choose another password go to the new address: whoever reads them there can take the account over.")
}

// wrongText says why the last save failed, if that is not said beside a field.
func wrongText(m *contact.Edit) string {
	switch field := lang.Field(m.Err()); {
	case m.Err() == nil, m.Gone(), field == "name", field == "email":
		return ""
	}
	return lang.L("Not saved. {{.Why}}", lang.Data{"Why": lang.Error(m.Err())})
}

// field is a text with its name.
type field struct {
	of    contact.Field
	row   *form.Row
	entry *control.Entry
}

func newField(m *contact.Edit, of contact.Field, name, help string) *field {
	f := &field{of: of, entry: control.NewEntry("")}
	f.row = form.NewRow(name, f.entry, help)
	f.entry.Put(m.Text(of))
	f.entry.CursorColumn = utf8.RuneCountInString(f.entry.Text)
	f.entry.OnChanged = func(text string) { m.Set(of, text) }
	return f
}

func (f *field) refresh(m *contact.Edit, enabled bool, member string) {
	f.entry.Put(m.Text(f.of))
	look.Enable(f.entry, enabled)
	f.row.SetError(cmp.Or(lang.Beside(m.Fault(f.of), member), lang.Beside(m.Err(), member), newsText(m, f.of)))
}

// newsText says that somebody else has changed the same.
func newsText(m *contact.Edit, of contact.Field) string {
	stored, changed := m.News(of)
	if !changed {
		return ""
	}
	return lang.L("Somebody has changed this to “{{.Theirs}}” meanwhile. If you save, it is what you typed.", lang.Data{"Theirs": stored})
}
