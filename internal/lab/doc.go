// Package lab starts real servers for integration tests: Dovecot (IMAP, LMTP),
// Postfix (SMTP) and PostgreSQL, as Debian packages them.
//
// Every server listens on 127.0.0.1 only, on free ports, with its files in a
// folder of its own under /tmp; the packaged services of the machine are neither
// used nor touched. A server is started in the foreground as our child and is
// stopped when its test ends; when the test process is killed, the server ends too
// (see process). The last lines of a server's log are shown when its test fails.
//
// A missing server is a failure, never a skipped test: scripts/install-servers.sh
// installs what is needed. Dovecot and PostgreSQL run for any user, Postfix needs
// root. The package builds on Unix systems only.
//
//	d := lab.Dovecot(t, map[string]string{"layanan@batan.go.id": "rahasia"})
//	p := lab.Postfix(t, d)
//	dsn := lab.PostgreSQL(t).Database(t)
package lab
