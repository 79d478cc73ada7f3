// Package automatic recognises what no person wrote: delivery reports (RFC 3464 and its non-standard kin), vacation
// notes and receipts (RFC 3834, 8098), calendar answers, lists and newsletters (RFC 2369). What it names so is never
// answered and never obeyed.
package automatic
