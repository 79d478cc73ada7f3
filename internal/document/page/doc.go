// Package page is the ground that all families of documents stand on: it collects lines and table rows, shows symbols
// and tick boxes as text, and sets the limits of one file and the reasons for which it can't be read.
package page
