// Package notify writes our mails: [Renderer.Render] turns a workflow.Notice into a finished mail, and is pure.
// Sending it is package smtp's.
//
// Read render.go (what a mail is made of), view.go (what a template can say), page.go and answers.go (what a mail
// shows, and the links that answer it), header.go (addresses, threads, loop headers), clean.go (text that strangers
// wrote), token.go (reply tokens), code.go (finding them in what was quoted to us). The words themselves are in
// package templates.
package notify
