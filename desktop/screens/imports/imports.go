// Package imports is where an admin brings employees, groups and projects over from
// files, and sees first what that changes.
package imports

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/imports"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/policy"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required.
type Config struct {
	Model *imports.Import
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	// NameOf returns what one of a kind is called now; empty if it is not there.
	NameOf func(kind, id string) string
	// Hindrance says why nothing can be changed now; it is empty if something can.
	Hindrance func() string

	OnChoose func() // another file is to be chosen
	OnImport func() // is wanted, and may have to be asked about
	OnClose  func()
	OnChange func()
}

// Screen is an import. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg     Config
	lines   []imports.Line
	names   map[string]string // of what is to be removed, by kind and id: nothing has them afterwards
	choose  *control.Button
	load    *control.Button
	done    *control.Button
	banner  *notice.Banner
	files   *fyne.Container
	shown   string // of the files; see filesState
	summary *widget.Label
	grid    *grid.Grid[int]
	pane    *state.Pane
	frame   *fyne.Container
}

// New returns the screen.
func New(cfg Config) *Screen {
	s := &Screen{cfg: cfg, banner: notice.NewBanner(cfg.After), files: look.Column(4), summary: look.Paragraph("")}
	s.choose = control.NewButton(lang.L("Add a file…"), cfg.OnChoose)
	s.load = control.NewPrimary(lang.L("Import"), cfg.OnImport)
	s.load.Tips = cfg.Tips
	s.done = control.NewPrimary(lang.L("Done"), cfg.OnClose)
	s.grid = s.newGrid()
	s.pane = state.NewPane(look.NewCard(look.Pad(1, s.grid)), cfg.After)
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// FocusRows gives the keyboard to the rows.
func (s *Screen) FocusRows() { s.grid.Focus() }

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	head := look.Head(look.Heading(lang.L("Import the directory")), s.choose, s.load, s.done)
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, s.banner, s.files, look.Flush(s.summary)))
	s.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.pane)
	return look.Pad(16, s.frame)
}

func (s *Screen) newGrid() *grid.Grid[int] {
	line := func(i int) imports.Line { return s.lines[i] }
	return grid.New(grid.Config[int]{
		Columns: []grid.Column[int]{
			{
				ID: "what", Title: lang.L("What"), Width: 140, Build: func() fyne.CanvasObject { return chip.New("", look.Neutral) },
				Show: func(i int, cell fyne.CanvasObject) { cell.(*chip.Chip).Set(sortText(line(i).Sort)) },
			},
			{ID: "where", Title: lang.L("Where"), Width: 130, Grow: 1, Text: func(i int) string { return where(line(i)) }},
			{ID: "text", Title: lang.L("What it is about"), Width: 200, Grow: 4, Wrap: true, Text: func(i int) string { return s.about(line(i)) }},
		},
		Len: func() int { return len(s.lines) }, At: func(i int) (int, bool) { return i, true },
		ID: func(i int) string { return strconv.Itoa(i + 1) }, Tips: s.cfg.Tips,
	})
}

func sortText(sort string) (string, look.Tone) {
	switch sort {
	case imports.LineFault:
		return lang.L("Mistake"), look.Danger
	case imports.LineWarning:
		return lang.L("Passed over"), look.Warning
	case imports.LineDead:
		return lang.L("Dead reference"), look.Warning
	case imports.LineRemoved:
		return lang.L("Removed"), look.Danger
	case imports.LineChanged:
		return lang.L("Changed"), look.Info
	}
	return lang.L("Added"), look.Success
}

// where says in which table a line is, or of which kind it is.
func where(l imports.Line) string {
	if l.Fault.Table == "" {
		return lang.Type(l.Kind)
	}
	text := PartText(imports.Part(l.Fault.Table))
	if l.Fault.Row > 0 {
		text += ", " + lang.L("line {{.N}}", lang.Data{"N": lang.Number(l.Fault.Row)})
	}
	if l.Fault.Column != "" {
		text += ", " + l.Fault.Column
	}
	return text
}

// about says what a line is about.
func (s *Screen) about(l imports.Line) string {
	switch {
	case l.More > 0:
		return lang.N("{{.N}} more", l.More)
	case l.Fault.Message != "":
		return lang.Sentence(l.Fault.Message)
	case l.Sort == imports.LineDead:
		return lang.L("{{.Name}} keeps selecting what does not exist any more: {{.IDs}}", lang.Data{"Name": s.named(l), "IDs": strings.Join(l.Dead, ", ")})
	}
	return s.named(l)
}

func (s *Screen) named(l imports.Line) string {
	name := cmp.Or(s.cfg.NameOf(l.Kind, l.ID), s.names[l.Kind+" "+l.ID])
	if name != "" && l.Kind == policy.TypeClient {
		return name // which has no id in the files
	}
	if name != "" && name != l.ID {
		return name + " (" + l.ID + ")"
	}
	return l.ID
}

// remember keeps the names of what is to be removed.
func (s *Screen) remember() {
	if s.cfg.Model.Step() != imports.Checked {
		return
	}
	s.names = map[string]string{}
	for _, l := range s.lines {
		if l.Sort == imports.LineRemoved {
			s.names[l.Kind+" "+l.ID] = s.cfg.NameOf(l.Kind, l.ID)
		}
	}
}

// PartText returns what a part is called.
func PartText(p imports.Part) string {
	switch p {
	case imports.Employees:
		return lang.L("Employees")
	case imports.Groups:
		return lang.L("Groups")
	case imports.Projects:
		return lang.L("Projects")
	case imports.Memberships:
		return lang.L("Memberships")
	}
	return lang.L("Everything, as JSON")
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	why := s.cfg.Hindrance()
	s.lines = m.Lines()
	s.remember()
	s.showFiles()
	s.showBanner()
	s.summary.SetText(s.summaryText())
	look.Hide(s.summary, s.summary.Text == "")
	s.grid.Reload()
	s.showPane()
	s.load.Tip = why
	look.Enable(s.load, why == "" && m.CanImport())
	look.Enable(s.choose, m.Step() != imports.Importing)
	look.Hide(s.choose, m.Step() == imports.Empty) // the button in the middle does it
	look.Hide(s.load, m.Step() == imports.Done)
	look.Hide(s.done, m.Step() != imports.Done)
	s.frame.Refresh()
	s.cfg.OnChange()
}

// showFiles shows a line for each file: its name, and what it has.
func (s *Screen) showFiles() {
	m := s.cfg.Model
	locked := m.Step() == imports.Importing || m.Step() == imports.Done
	state := filesState(m.Files(), locked)
	if state == s.shown {
		return // a field that has the keyboard keeps it
	}
	s.shown = state
	s.files.RemoveAll()
	parts := append(imports.Tables(), imports.Document)
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = PartText(p)
	}
	for _, f := range m.Files() {
		field := control.NewSelect(words, nil)
		field.SetSelectedIndex(slices.Index(parts, f.Part))
		field.OnChanged = func(string) { m.SetPart(f.Name, parts[field.SelectedIndex()]) }
		drop := control.NewIcon(theme.CancelIcon(), lang.L("Leave out"), s.cfg.Tips, func() { m.Remove(f.Name) })
		wide := container.NewGridWrap(fyne.NewSize(220, field.MinSize().Height), field)
		s.files.Add(look.Head(look.Line(f.Name), wide, drop))
		look.Enable(field, !locked)
		look.Enable(drop, !locked)
	}
	look.Hide(s.files, len(m.Files()) == 0)
}

// filesState says what is shown of the files.
func filesState(files []imports.File, locked bool) string {
	var state strings.Builder
	for _, f := range files {
		state.WriteString(f.Name + "\n" + string(f.Part) + "\n")
	}
	return state.String() + strconv.FormatBool(locked)
}

func (s *Screen) showBanner() {
	m := s.cfg.Model
	switch {
	case m.Err() != nil:
		s.banner.Set(look.Danger, FaultText(m.Err()), notice.Action{Text: lang.L("Check again"), Do: m.Check})
	case m.Step() == imports.Done:
		s.banner.Set(look.Success, lang.L("The directory is imported."))
	default:
		s.banner.Clear()
	}
}

// FaultText says why files can't be imported.
func FaultText(err error) string {
	switch {
	case errors.Is(err, imports.ErrTooLarge):
		return lang.L("The files are too large: together they may have 64 MB.")
	case errors.Is(err, imports.ErrTwice):
		return lang.L("Two files are for the same table. Say of each which table it is, or leave one out.")
	case errors.Is(err, imports.ErrMixed):
		return lang.L("A JSON file has everything: import it on its own, without tables.")
	case errors.Is(err, imports.ErrDocument):
		return lang.L("This is no directory as JSON. It has the lists employees, groups and projects, and no other words than those in the description of the API.")
	case errors.Is(err, imports.ErrChanged):
		return lang.L("The directory has been changed since it was checked. Look again at what the import does now.")
	case errors.Is(err, imports.ErrLists):
		return lang.L("A JSON file takes the place of the whole directory, so it needs all three lists: employees, groups and projects. To bring one of them, use a table.")
	}
	if refused, ok := errors.AsType[*policy.Error](err); ok && len(refused.Faults) > 0 {
		return lang.N("Nothing is imported: {{.N}} mistakes have to be put right in the files.", len(refused.Faults)+refused.More)
	}
	if refused, ok := errors.AsType[*policy.Error](err); ok && refused.Field != "" {
		return lang.L("{{.Field}}: {{.Why}}", lang.Data{"Field": refused.Field, "Why": lang.Mistake(err)})
	}
	return lang.Error(err)
}

func (s *Screen) summaryText() string {
	m := s.cfg.Model
	if m.Result() == nil {
		return ""
	}
	added, changed, removed := imports.Changes(m.Result())
	numbers := lang.Data{"Added": lang.Number(added), "Changed": lang.Number(changed), "Removed": lang.Number(removed)}
	text := lang.L("{{.Added}} added, {{.Changed}} changed, {{.Removed}} removed.", numbers)
	switch {
	case added+changed+removed == 0:
		text = lang.L("Nothing to import: everything is as in the files already.")
	case m.Step() != imports.Done:
		text = lang.L("{{.Added}} to be added, {{.Changed}} to be changed, {{.Removed}} to be removed.", numbers)
	}
	if n := m.Result().DeadCount; n > 0 {
		text += " " + lang.N("{{.N}} clients have dead references afterwards.", n)
	}
	return text
}

func (s *Screen) showPane() {
	m := s.cfg.Model
	switch {
	case m.Step() == imports.Empty:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.FolderOpenIcon()), Title: lang.L("Choose a file, or drop some on the window"),
			Text:   lang.L("Tables as CSV: employees, groups, projects and memberships, one or several of them. Or everything in one JSON file. You see what changes before anything does."),
			Action: lang.L("Add a file…"), OnAction: s.cfg.OnChoose,
		})
	case m.Step() == imports.Checking, m.Step() == imports.Importing:
		s.pane.ShowLoading(lang.L("Looking…"))
	default:
		s.pane.ShowContent()
	}
}
