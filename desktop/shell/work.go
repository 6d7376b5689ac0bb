package shell

import (
	"slices"
	"strings"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// work is something that takes long. It has a banner of its own from the first time
// anything is told of it to its end.
type work struct {
	frame  *frame
	lost   string
	banner *notice.Banner
}

// newWork begins a work. lost says what becomes of it if the admin leaves meanwhile; it
// is empty if that does not matter.
func (f *frame) newWork(lost string) *work {
	w := &work{frame: f, lost: lost}
	f.works = append(f.works, w)
	return w
}

// lost says what becomes of the works that are under way if the admin leaves now; nothing
// if that does not matter.
func (f *frame) lost() string {
	var texts []string
	for _, w := range f.works {
		if w.lost != "" && !slices.Contains(texts, w.lost) {
			texts = append(texts, w.lost)
		}
	}
	return strings.Join(texts, " ")
}

// tell says how far it has come, and lets it be stopped.
func (w *work) tell(text string, stop func()) {
	if w.banner == nil {
		w.banner = notice.NewBar(w.frame.shell.cfg.On.After)
		w.frame.banners.Add(w.banner)
	}
	w.banner.Set(look.Info, text, notice.Action{Text: lang.L("Stop"), Do: stop})
	w.frame.arrange()
}

// end says no more of it.
func (w *work) end() {
	w.frame.works = slices.DeleteFunc(w.frame.works, func(one *work) bool { return one == w })
	if w.banner != nil {
		w.frame.banners.Remove(w.banner)
		w.banner = nil
		w.frame.arrange()
	}
}
