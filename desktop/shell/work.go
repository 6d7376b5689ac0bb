package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// work is something that takes long. It has a banner of its own from the first time
// anything is told of it to its end.
type work struct {
	frame  *frame
	banner *notice.Banner
}

func (f *frame) newWork() *work { return &work{frame: f} }

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
	if w.banner != nil {
		w.frame.banners.Remove(w.banner)
		w.banner = nil
		w.frame.arrange()
	}
}
