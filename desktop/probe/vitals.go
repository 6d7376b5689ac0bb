//go:build probe

package probe

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
)

// Vitals say how the app is doing.
type Vitals struct {
	RSS        int64         `json:"rss"` // bytes
	Goroutines int           `json:"goroutines"`
	CPU        time.Duration `json:"cpu"` // used since the start
	// Blocked is the longest time the UI goroutine did not come to what it was
	// asked for, since the vitals were asked for before.
	Blocked time.Duration `json:"blocked"`
	// FirstFrame is how long after the start of the process the first frame stood.
	FirstFrame time.Duration `json:"first_frame"`
}

// pulse feels the UI goroutine's pulse.
type pulse struct {
	mu         sync.Mutex
	blocked    time.Duration
	firstFrame time.Duration
}

// pause between two beats: short enough that no block of a tenth of a second is missed.
const pause = 20 * time.Millisecond

// run beats until the process ends.
func (p *pulse) run() {
	// Functions are called between frames: when the second is, a frame was painted.
	fyne.DoAndWait(func() {})
	fyne.DoAndWait(func() {})
	p.mu.Lock()
	p.firstFrame = age()
	p.mu.Unlock()
	for {
		asked := time.Now()
		fyne.DoAndWait(func() {})
		took := time.Since(asked)
		p.mu.Lock()
		p.blocked = max(p.blocked, took)
		p.mu.Unlock()
		time.Sleep(pause)
	}
}

func (p *pulse) vitals() Vitals {
	p.mu.Lock()
	defer p.mu.Unlock()
	v := Vitals{RSS: rss(), Goroutines: runtime.NumGoroutine(), CPU: cpu(), Blocked: p.blocked, FirstFrame: p.firstFrame}
	p.blocked = 0
	return v
}

// rest holds the pulse for a while, and returns the processor time that the app takes
// without it.
func (p *pulse) rest(while time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := cpu()
	time.Sleep(while)
	return cpu() - before
}

func cpu() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func rss() int64 {
	text, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// age returns how long ago the process was started.
func age() time.Duration {
	const ticks = 100 // a second, on every Linux that Go runs on
	text, _ := os.ReadFile("/proc/self/stat")
	_, after, _ := strings.Cut(string(text), ") ")
	uptime, _ := os.ReadFile("/proc/uptime")
	fields, up := strings.Fields(after), strings.Fields(string(uptime))
	if len(fields) < 20 || len(up) == 0 {
		return 0
	}
	started, _ := strconv.ParseFloat(fields[19], 64)
	now, _ := strconv.ParseFloat(up[0], 64)
	return time.Duration((now - started/ticks) * float64(time.Second))
}
