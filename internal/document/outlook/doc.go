// Package outlook reads what only Microsoft's programs write: Word files of 1997 to 2003 (MS-DOC) in their compound
// file (MS-CFB), and winmail.dat (MS-OXTNEF), in which Outlook packs a mail's text and attachments.
package outlook
