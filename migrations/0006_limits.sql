-- +goose Up
-- Who made something happen by a mail: one sender's flood is held.
ALTER TABLE ledger ADD COLUMN sender TEXT NOT NULL DEFAULT '';
CREATE INDEX ledger_sender ON ledger (sender, handled) WHERE sender <> '';

-- The fuse counts the answers to everybody.
CREATE INDEX outbox_answered ON outbox (created) WHERE answer;

-- Instants that all daemons and commands agree on.
CREATE TABLE marks (
    name TEXT NOT NULL PRIMARY KEY,
    at   TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE marks;
DROP INDEX outbox_answered;
DROP INDEX ledger_sender;
ALTER TABLE ledger DROP COLUMN sender;
