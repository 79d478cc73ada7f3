-- +goose Up
-- When the clock has something to say of a delegation: that it begins, then that
-- it has ended. NULL: nothing more.
ALTER TABLE delegations ADD COLUMN next TIMESTAMPTZ;
UPDATE delegations SET next = until WHERE number = '';
CREATE INDEX delegations_next ON delegations (next) WHERE next IS NOT NULL;

-- +goose Down
DROP INDEX delegations_next;
ALTER TABLE delegations DROP COLUMN next;
