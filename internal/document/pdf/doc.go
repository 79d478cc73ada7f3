// Package pdf reads the text of PDF files (ISO 32000) as a reader of the page sees it: objects, the filters of their
// streams, and fonts give letters with their places, which the layout joins to lines and rows; what a form's fields
// hold stands where it is shown. It opens no file that asks for a password, and does not read pictures.
package pdf
