package shell

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
)

// Settings are how the app was left. They hold nothing that would be missed.
type Settings struct {
	Theme look.Variant `json:"theme,omitempty"`
	Scale float32      `json:"scale,omitempty"` // of everything; 0 means 1
	// Language is that of the next start.
	Language lang.Language `json:"language,omitempty"`
	Window   WindowSize    `json:"window,omitzero"`
	// Section is where one was.
	Section string `json:"section,omitempty"`
	// Lists are how the lists were left, by the ids of their pages, and Filter says
	// which clients are listed.
	Lists  map[string]ListLayout `json:"lists,omitempty"`
	Filter model.Filter          `json:"filter,omitzero"`

	path string
}

// WindowSize is in Fyne's pixels.
type WindowSize struct {
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
}

// ListLayout is how a list was left: the widths of its columns, by their ids, and its
// order.
type ListLayout struct {
	Widths map[string]float32 `json:"widths,omitempty"`
	Sort   grid.Sort          `json:"sort,omitzero"`
}

// Bounds of the scale.
const (
	minScale = 0.7
	maxScale = 2.5
)

// OpenSettings reads the settings at path. If they can't be read the error says
// why, and those of a first start are returned beside it.
func OpenSettings(path string) (*Settings, error) {
	s := &Settings{path: path}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(text, s)
	}
	if err != nil {
		return &Settings{path: path}, fmt.Errorf("read the settings in %s: %w", path, err)
	}
	s.takeOver(text)
	return s, nil
}

// takeOver reads what earlier versions have kept, of the list of clients alone.
func (s *Settings) takeOver(text []byte) {
	var clients ListLayout
	if err := json.Unmarshal(text, &clients); err == nil && s.Lists == nil {
		s.put(sectionClients, clients)
	}
}

// layout returns how a list was left.
func (s *Settings) layout(list string) ListLayout { return s.Lists[list] }

// resize keeps the widths of the columns of a list.
func (s *Settings) resize(list string, widths map[string]float32) {
	l := s.Lists[list]
	l.Widths = widths
	s.put(list, l)
}

func (s *Settings) put(list string, l ListLayout) {
	if len(l.Widths) == 0 && l.Sort == (grid.Sort{}) {
		delete(s.Lists, list)
		return
	}
	if s.Lists == nil {
		s.Lists = map[string]ListLayout{}
	}
	s.Lists[list] = l
}

// Save writes the settings, whole or not at all. Those without a path are not kept.
func (s *Settings) Save() error {
	if s.path == "" {
		return nil
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return session.WriteFile(s.path, append(text, '\n'))
}

// ScaleText returns the scale for FYNE_SCALE, or nothing for the desktop's own.
func (s *Settings) ScaleText() string {
	if s.Scale == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", s.scale())
}

func bounded(scale float32) float32 { return max(minScale, min(maxScale, scale)) }

// percent is the scale as admins know it.
func (s *Settings) percent() int { return int(s.scale()*100 + 0.5) }

func (s *Settings) scale() float32 {
	if s.Scale == 0 {
		return 1
	}
	return bounded(s.Scale)
}

// order returns the order of a list, which is by name at first.
func (s *Settings) order(list string) model.Order {
	by := s.layout(list).Sort
	if by.Key == "" {
		return model.Order{By: model.SortName}
	}
	return model.Order{By: by.Key, Descending: by.Descending}
}

// reorder keeps the order of a list.
func (s *Settings) reorder(list string, o model.Order) {
	l := s.Lists[list]
	l.Sort = grid.Sort{Key: o.By, Descending: o.Descending}
	if o == (model.Order{By: model.SortName}) {
		l.Sort = grid.Sort{} // as at first
	}
	s.put(list, l)
}

// Bounds of what is taken for the size of a window.
const (
	leastWidth, leastHeight = 600, 400
	mostOfWindow            = 16_000
)

// size returns the size of a window, one that fits most screens if none is known.
func (w WindowSize) size() fyne.Size {
	if w.Width < leastWidth || w.Height < leastHeight || max(w.Width, w.Height) > mostOfWindow {
		return fyne.NewSize(1320, 800)
	}
	return fyne.NewSize(w.Width, w.Height)
}

func windowOf(size fyne.Size) WindowSize { return WindowSize{size.Width, size.Height} }
