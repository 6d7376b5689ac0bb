// Package connect is the screen on which an admin signs in: at a sidecar that is
// remembered, or at another one.
package connect

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
)

// width of the form, in Fyne's pixels.
const width = 460

// Screen shows a model.Connect.
type Screen struct {
	Content fyne.CanvasObject
	// OnBrowse lets the admin choose the file of an authority, from the folder of a
	// path on, and calls chosen with its path. It is set before the screen is shown.
	OnBrowse func(path string, chosen func(path string))

	model    *model.Connect
	way      model.Way
	fields   map[model.Field]*control.Entry
	rows     map[model.Field]*form.Row
	ways     *control.Select
	remember *control.Check
	message  *widget.Label
	notice   *look.Panel
	proof    *proof
	saved    *saved
	tried    bool // and what came of it is not shown yet
	submit   *control.Button
	own      *control.Button // asks for an authority of one's own
	withCA   bool
	busy     *widget.ProgressBarInfinite
}

// New returns the screen of a model, with a message that says why one is here; it
// is empty for none.
func New(m *model.Connect, message string) *Screen {
	s := &Screen{
		model: m, way: model.WayPassword,
		fields: map[model.Field]*control.Entry{}, rows: map[model.Field]*form.Row{},
		message: look.Paragraph(message), busy: widget.NewProgressBarInfinite(),
	}
	s.notice = look.NewPanel(look.Warning.Fill(), s.message)
	s.proof = newProof(m.Trust)
	s.saved = newSaved(s.resume, m.Forget)
	s.submit = control.NewPrimary("", s.send)
	s.own = control.NewButton(lang.L("Own certificate authority…"), s.askForCA)
	s.own.Importance = widget.LowImportance
	s.remember = control.NewCheck(lang.L("Stay signed in on this computer"), nil)
	s.remember.SetChecked(true)
	s.build()
	s.notice.Hidden = message == ""
	m.OnChange = s.refresh
	s.choose(model.WayPassword)
	s.refresh()
	return s
}

// Focus gives the keyboard to the first field that is empty.
func (s *Screen) Focus(c fyne.Canvas) {
	for _, field := range order() {
		if s.rows[field].Visible() && s.fields[field].Text == "" && field != model.FieldCAFile {
			c.Focus(s.fields[field])
			return
		}
	}
}

// order returns the fields from top to bottom.
func order() []model.Field {
	return []model.Field{
		model.FieldURL, model.FieldSetup, model.FieldName, model.FieldEmail,
		model.FieldPassword, model.FieldCode, model.FieldKey, model.FieldCAFile,
	}
}

func (s *Screen) build() {
	s.field(model.FieldURL, lang.L("Sidecar"), "https://sightline.example", lang.L("The address of the Sightline server of your company."))
	s.field(model.FieldSetup, lang.L("Set-up code"), "sightline_setup_…", lang.L("The sidecar printed it when it was started for the first time."))
	s.field(model.FieldName, lang.L("Your name"), "", "")
	s.field(model.FieldEmail, lang.L("E-mail"), lang.L("name@example.com"), "")
	s.field(model.FieldPassword, lang.L("Password"), "", "")
	s.field(model.FieldCode, lang.L("One-time code"), "123456", "")
	s.field(model.FieldKey, lang.L("Admin key"), "sightline_…", "")
	s.field(model.FieldCAFile, lang.L("Certificate authority"), "", lang.L("The PEM file of your company's own authority."), control.NewButton(lang.L("Browse…"), s.browse))
	for _, secret := range []model.Field{model.FieldPassword, model.FieldKey} {
		s.fields[secret].Password = true
	}
	s.ways = control.NewSelect([]string{wayText(model.WayPassword), wayText(model.WayKey), wayText(model.WaySetup)}, s.chosen)
	s.ways.SetSelected(wayText(s.way))

	column := look.Column(12)
	title := look.Heading(lang.L("Connect to a sidecar"))
	column.Add(look.Flush(title))
	column.Add(s.notice)
	column.Add(s.proof.content)
	column.Add(s.saved.content)
	column.Add(form.NewRow(lang.L("Sign in with"), s.ways, ""))
	for _, field := range order() {
		column.Add(s.rows[field])
	}
	// The box, and the word below it, line up with the fields.
	column.Add(container.New(layout.NewCustomPaddedLayout(0, 0, -6, 0), s.remember))
	column.Add(s.busy)
	column.Add(container.New(layout.NewCustomPaddedLayout(0, 0, -16, 0), look.Row(s.own, layout.NewSpacer(), s.submit)))
	card := look.NewCard(look.Pad(20, column))
	fixed := container.New(&narrow{width}, card)
	s.Content = container.NewVScroll(look.Middle(look.Pad(12, fixed)))
}

// field makes a field, and puts what is beside it at its end.
func (s *Screen) field(id model.Field, name, placeholder, help string, beside ...fyne.CanvasObject) {
	entry := control.NewEntry(placeholder)
	entry.OnSubmitted = func(string) { s.send() }
	var field fyne.CanvasObject = entry
	if len(beside) > 0 {
		field = container.NewBorder(nil, nil, nil, look.Row(beside...), entry)
	}
	s.fields[id], s.rows[id] = entry, form.NewRow(name, field, help)
}

func wayText(w model.Way) string {
	switch w {
	case model.WayKey:
		return lang.L("Admin key")
	case model.WaySetup:
		return lang.L("Set-up code, as the first owner")
	}
	return lang.L("E-mail and password")
}

func (s *Screen) chosen(text string) {
	for _, way := range []model.Way{model.WayPassword, model.WayKey, model.WaySetup} {
		if wayText(way) == text {
			s.choose(way)
		}
	}
}

// choose shows the fields of a way to sign in.
func (s *Screen) choose(w model.Way) {
	s.way = w
	shown := map[model.Field]bool{model.FieldURL: true, model.FieldCAFile: s.withCA}
	fields := map[model.Way][]model.Field{
		model.WayPassword: {model.FieldEmail, model.FieldPassword},
		model.WayKey:      {model.FieldKey},
		model.WaySetup:    {model.FieldSetup, model.FieldName, model.FieldEmail, model.FieldPassword},
	}
	for _, field := range fields[w] {
		shown[field] = true
	}
	for field, row := range s.rows {
		row.Hidden = !shown[field]
	}
	s.submit.SetText(lang.L("Sign in"))
	if w == model.WaySetup {
		s.submit.SetText(lang.L("Become the owner"))
	}
	if s.Content != nil {
		s.Content.Refresh()
	}
}

// askForCA shows the field for the file of an authority.
func (s *Screen) askForCA() {
	s.showCA()
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.Content); c != nil {
		c.Focus(s.fields[model.FieldCAFile])
	}
}

// browse puts the file that is chosen into the field.
func (s *Screen) browse() {
	entry := s.fields[model.FieldCAFile]
	s.OnBrowse(entry.Text, func(path string) {
		entry.PutToEnd(path)
		if c := fyne.CurrentApp().Driver().CanvasForObject(s.Content); c != nil {
			c.Focus(entry)
		}
	})
}

func (s *Screen) showCA() {
	s.withCA = true
	s.rows[model.FieldCAFile].Show()
	s.own.Hide()
}

// resume signs in at a remembered connection, and fills in what may be needed.
func (s *Screen) resume(c model.Connection) {
	s.fields[model.FieldURL].SetText(c.URL)
	s.fields[model.FieldCAFile].SetText(c.CAFile)
	if c.CAFile != "" {
		s.showCA()
	}
	s.fields[model.FieldEmail].SetText(c.Login)
	way := model.WayPassword
	if c.Login == "" {
		way = model.WayKey
	}
	s.ways.SetSelected(wayText(way))
	s.tried = true
	s.model.OpenSaved(c)
}

func (s *Screen) send() {
	if s.model.Busy() {
		s.model.Cancel()
		return
	}
	text := func(f model.Field) string { return s.fields[f].Text }
	s.tried = true
	s.model.Open(model.Form{
		URL: text(model.FieldURL), Way: s.way, Email: text(model.FieldEmail), Password: text(model.FieldPassword),
		Code: text(model.FieldCode), Key: text(model.FieldKey), Setup: text(model.FieldSetup), Name: text(model.FieldName),
		CAFile: text(model.FieldCAFile), Remember: s.remember.Checked,
	})
}

// refresh shows how the model stands.
func (s *Screen) refresh() {
	at, err := s.model.Problem()
	for field, row := range s.rows {
		row.SetError("")
		if err != nil && field == at {
			row.SetError(lang.Mistake(err))
		}
	}
	switch at {
	case model.FieldCode:
		s.rows[at].Show()
		s.rows[model.FieldURL].SetHelp("") // it was the right one, and the button gets its room
	case model.FieldCAFile:
		s.showCA()
	}
	if err != nil && (at == "" || !s.rows[at].Visible()) {
		s.message.SetText(lang.Error(err))
		s.notice.Fill = look.Danger.Fill()
		s.notice.Show()
	} else if !s.model.Busy() && err != nil || s.model.Busy() {
		s.notice.Hide()
	}
	s.proof.set(s.model.Certificate())
	s.saved.set(s.model.Connections())
	s.showBusy(s.model.Busy())
	s.Content.Refresh()
	if s.tried && !s.model.Busy() {
		s.tried = false
		s.goTo(at)
	}
}

// goTo gives the keyboard to the field that is to be put right.
func (s *Screen) goTo(at model.Field) {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.Content)
	if c == nil || at == "" || !s.rows[at].Visible() {
		return
	}
	c.Focus(s.fields[at])
}

func (s *Screen) showBusy(busy bool) {
	s.busy.Hidden = !busy
	if busy {
		s.busy.Start()
		s.submit.SetText(lang.L("Cancel"))
		return
	}
	s.busy.Stop()
	s.submit.SetText(lang.L("Sign in"))
	if s.way == model.WaySetup {
		s.submit.SetText(lang.L("Become the owner"))
	}
}

// narrow centers what is in it, no wider than it says.
type narrow struct{ width float32 }

func (n *narrow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(min(n.width, objects[0].MinSize().Width), objects[0].MinSize().Height)
}

func (n *narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(n.width, size.Width)
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[0].Move(fyne.NewPos((size.Width-w)/2, 0))
}
