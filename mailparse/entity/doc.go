// Package entity turns the bytes of a mail into a tree of decoded parts (RFC 2045 to 2047, 2183, 2231): header fields,
// transfer encodings, charsets, nested multiparts and mails, what S/MIME and Outlook wrapped. It stands on
// emersion/go-message, with repairs before and behind it for what that refuses; each repair names the mail that needs
// it. Nothing is refused here: what had to be repaired is a warning.
package entity
