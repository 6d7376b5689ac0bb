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
	// Widths are those of the columns of the client list, Sort its order, and
	// Filter says who is listed.
	Widths map[string]float32 `json:"widths,omitempty"`
	Sort   grid.Sort          `json:"sort,omitzero"`
	Filter model.Filter       `json:"filter,omitzero"`

	path string
}

// WindowSize is in Fyne's pixels.
type WindowSize struct {
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
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
	return s, nil
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

// order returns the order of the client list.
func (s *Settings) order() model.Order {
	if s.Sort.Key == "" {
		return model.Order{By: model.SortName}
	}
	return model.Order{By: s.Sort.Key, Descending: s.Sort.Descending}
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
