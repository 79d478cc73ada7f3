// Package office reads the files of today's office programs, which are XML in a zip container: Word (ISO 29500),
// OpenDocument texts and sheets (ISO 26300), and Excel (ISO 29500). The parts within say which of them a file is,
// whatever it is called; a part is unpacked up to its limit, and no further.
package office
