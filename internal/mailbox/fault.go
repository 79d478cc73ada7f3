package mailbox

import "errors"

// What can be at fault, for errors.Is on the errors of Check. All but
// ErrUnreachable need somebody to mend something.
var (
	// ErrUnreachable: no connection, or it was lost, or the server is silent.
	ErrUnreachable = errors.New("unreachable")
	// ErrTLS: the two sides do not agree on TLS, or the certificate is not valid.
	ErrTLS = errors.New("TLS")
	// ErrLogin: the server refuses the user name or the password.
	ErrLogin = errors.New("login refused")
	// ErrMailbox: a mailbox is missing, or cannot be created or opened.
	ErrMailbox = errors.New("mailbox unusable")
	// ErrReadOnly: the user may not move messages out of, or into, a mailbox.
	ErrReadOnly = errors.New("not enough rights")
)

// fault is an error of one of the kinds above, said in full by its text.
type fault struct {
	kind error
	text string
	err  error // the cause; may be nil
}

func (f *fault) Error() string {
	if f.err != nil {
		return f.text + ": " + f.err.Error()
	}
	return f.text
}

func (f *fault) Unwrap() []error {
	if f.err == nil {
		return []error{f.kind}
	}
	return []error{f.kind, f.err}
}
