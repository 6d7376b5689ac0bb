//go:build acceptance

package acceptance

import (
	"io"
	"strconv"
	"strings"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// closeWindow does what a window manager does when its button to close the window is
// pressed: it asks the window to go.
func (a *app) closeWindow() {
	a.t.Helper()
	xgb.Logger.SetOutput(io.Discard) // it misses a secret that such a display has not
	x, err := xgb.NewConnDisplay(a.name)
	if err != nil {
		a.t.Fatal(err)
	}
	defer x.Close()
	window := xproto.Window(a.window())
	protocols, deletes := a.atom(x, "WM_PROTOCOLS"), a.atom(x, "WM_DELETE_WINDOW")
	please := xproto.ClientMessageEvent{
		Format: 32, Window: window, Type: protocols,
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(deletes), xproto.TimeCurrentTime, 0, 0, 0}),
	}
	if err := xproto.SendEventChecked(x, false, window, xproto.EventMaskNoEvent, string(please.Bytes())).Check(); err != nil {
		a.t.Fatal(err)
	}
}

// atom returns the number a name has on the display.
func (a *app) atom(x *xgb.Conn, name string) xproto.Atom {
	a.t.Helper()
	reply, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
	if err != nil {
		a.t.Fatal(err)
	}
	return reply.Atom
}

// window returns the number of the app's window on the display.
func (a *app) window() int {
	a.t.Helper()
	id, err := strconv.Atoi(strings.Fields(a.do("search", "--sync", "--onlyvisible", "--name", "Sightline"))[0])
	if err != nil {
		a.t.Fatal(err)
	}
	return id
}
