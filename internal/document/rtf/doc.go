// Package rtf reads Rich Text Format: as a file somebody attached, and as Outlook's wrapping of a mail's text or page,
// packed (MS-OXRTFCP) in winmail.dat.
package rtf
