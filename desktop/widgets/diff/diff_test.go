package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/widgets/diff"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

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
