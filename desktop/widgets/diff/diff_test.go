package diff_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/container"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/widgets/diff"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestWhatIsGainedAndLostIsCountedAndListed(t *testing.T) {
	widgetstest.Start(t, look.Light)
	s := diff.NewSets()
	w := widgetstest.Open(t, s, 600, 300)
	w.WantTexts("Gained: 0", "Lost: 0", "Nothing")
	s.Set([]diff.Change{{"Ada Okafor", "employee"}}, []diff.Change{{"Hana Sato", "employee"}, {"Bank project", "project"}})
	w.Relayout()
	w.WantTexts("Gained: 1", "Lost: 2", "+", "Ada Okafor", "employee", "−", "Hana Sato", "Bank project", "project")
	w.WantNoTexts("Nothing")
	w.WantMarkup("sets")
}

func TestManyChangesStayInTheWindow(t *testing.T) {
	widgetstest.Start(t, look.Light)
	s := diff.NewSets()
	var many []diff.Change
	for range 5000 {
		many = append(many, diff.Change{Text: strings.Repeat("long ", 50), Detail: strings.Repeat("long ", 50)})
	}
	s.Set(many, many)
	w := widgetstest.Open(t, container.NewStack(s), 400, 300)
	w.WantFits()
	w.WantTexts("Lost: 5000")
}

func TestAMergeShowsBothSidesAndTheResult(t *testing.T) {
	widgetstest.Start(t, look.Light)
	m := diff.NewMerge("Group", nil)
	var chosen []string
	m.OnChoose = func(id string, side diff.Side) { chosen = append(chosen, id+" "+string(side)) }
	lines := []diff.Line{
		{ID: "d", Text: "Design", Theirs: diff.Added, Mine: diff.Absent, Result: diff.Added},
		{ID: "s", Text: "Sales", Theirs: diff.Removed, Mine: diff.Added, Conflict: true},
	}
	m.Set(lines)
	w := widgetstest.Open(t, m, 760, 300)
	w.WantTexts("Group", "Design", "added", "not there", "Sales", "removed", "choose")
	w.Relayout()
	w.TapLast("Mine") // the first one is the title of the column
	w.TapLast("Theirs")
	if diff := cmp.Diff([]string{"s mine", "s theirs"}, chosen); diff != "" {
		t.Error(diff)
	}
	lines[1].Chosen, lines[1].Result = diff.Theirs, diff.Removed
	m.Set(lines)
	w.WantNoTexts("choose")
	w.WantFits()
}
