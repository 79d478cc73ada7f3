package main

import (
	"slices"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// heldJSON is an answer that waits to be carried out.
type heldJSON struct {
	Word  string  `json:"word"`
	By    string  `json:"by"`
	Note  string  `json:"note"`
	At    instant `json:"at"`
	Until instant `json:"until"`
}

// held tells of an answer that waits; nil where none does.
func (g *registry) held(h *workflow.Held) *heldJSON {
	if h == nil {
		return nil
	}
	return &heldJSON{Word: h.Word, By: notify.Redact(h.By.Email), Note: notify.Redact(h.Note), At: g.at(h.At),
		Until: g.at(h.Until)}
}

// String is the answer on one line.
func (h *heldJSON) String() string {
	said := h.Word + " of " + h.By + ", until " + h.Until.short()
	if h.Note != "" {
		said += ": " + shorten(h.Note, 80)
	}
	return said
}

// late leaves out where an answer waits that came in time.
func (g *registry) late(requests []workflow.Request) []workflow.Request {
	return slices.DeleteFunc(requests, func(r workflow.Request) bool { return !r.Overdue(g.now) })
}
