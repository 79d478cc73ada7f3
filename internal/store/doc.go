// Package store keeps requests, their history, the ledger of handled mails,
// the outbox, leases and dead letters, on PostgreSQL 15+ or SQLite, with one
// text per query and one test-suite for both.
//
// What makes one text do:
//
//   - times are written as fixed-width UTC text with microseconds, which
//     PostgreSQL reads as timestamptz and SQLite sorts as text (type stamp);
//   - JSON is a string in a TEXT column; what is searched by has its own column;
//   - text is UTF-8 without NUL; any other is refused, before PostgreSQL would;
//   - keys are made by us: request numbers, Message-IDs, UUIDv7;
//   - placeholders are ? and rebound for PostgreSQL;
//   - row locks (FOR UPDATE) are added on PostgreSQL only; SQLite's writers
//     queue up on one lock of ours, and every transaction begins IMMEDIATE.
//
// What is written into the record is sealed with the service's key (keyring.go,
// sealing.go), and [Store.Audit] holds it against the seals.
//
// A transaction (Tx) gathers what it is told and writes it with one statement
// a table just before the commit, so that a batch of mails costs few round
// trips.
package store
