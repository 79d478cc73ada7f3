-- +goose Up
-- Made a new request that nothing shows to be its sender's: so many an hour.
ALTER TABLE ledger ADD COLUMN unproven BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX ledger_unproven ON ledger (handled) WHERE unproven;

-- What answers a mail in which nothing moved has a lane of its own.
CREATE INDEX outbox_lanes ON outbox (answer, due, id) WHERE state = 'queued';
DROP INDEX outbox_queue;

-- +goose Down
CREATE INDEX outbox_queue ON outbox (due, id) WHERE state = 'queued';
DROP INDEX outbox_lanes;
DROP INDEX ledger_unproven;
ALTER TABLE ledger DROP COLUMN unproven;
