// Package text turns decoded parts into lines as a reader sees them: plain text with its flowed paragraphs joined,
// pages with their table rows on one line and their hidden text left out, attached documents. It marks what a mail
// program says of a line, but judges nothing: which lines are new is for package quote to say.
package text
