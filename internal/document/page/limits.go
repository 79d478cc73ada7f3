package page

import "errors"

// Limits of one file.
const (
	MaxUnpacked = 4 << 20 // bytes unpacked of one part of an office file
	MaxTokens   = 400_000 // marks of one such part
	MaxEntries  = 4000    // files in a zip container
	MaxText     = 1 << 20 // bytes of text taken out
	MaxNesting  = 100     // of tables, objects, groups
)

// What keeps a file from being read; each completes "the attachment …". Lines that come with an error are its readable
// beginning.
var (
	ErrTooLarge  = errors.New("is too large to be read")
	ErrDamaged   = errors.New("is damaged")
	ErrEncrypted = errors.New("is encrypted")
	ErrNoText    = errors.New("holds no text; it may be a scan")
	ErrPicture   = errors.New("is a picture; its text cannot be read")
	ErrOld       = errors.New("is of an old Office program and cannot be read")
	ErrUnknown   = errors.New("is no document")
)
