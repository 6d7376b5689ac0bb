package audit

import (
	"time"

	"fyne.io/fyne/v2"
)

// NewActivity returns what has happened to one thing, as a part of its page: the
// log without filters. Of the Config it takes no OnActor, OnVerify, OnExport and
// OnChange; OnOpen may be nil.
func NewActivity(cfg Config) fyne.CanvasObject {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	l := newList(cfg, nil, append(columnsOfOne(cfg), columnFrom()))
	cfg.Model.OnChange = l.refresh
	l.refresh()
	return l.content
}
