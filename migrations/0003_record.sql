-- +goose Up
-- An entry's hash covers its personal part (author, note, message_id, proof)
-- only through that part's salted digest, so that a purge can blank the part
-- and leave the chain whole.
ALTER TABLE history ADD COLUMN rule TEXT NOT NULL DEFAULT '';      -- that let the author act
ALTER TABLE history ADD COLUMN mail TEXT NOT NULL DEFAULT '';      -- SHA-256 of the mail that caused it
ALTER TABLE history ADD COLUMN salt TEXT NOT NULL DEFAULT '';      -- '' once purged
ALTER TABLE history ADD COLUMN personal TEXT NOT NULL DEFAULT '';  -- SHA-256 of the personal part with its salt

-- The original mails of the requests, by the digest that ledger and history
-- name them by.
CREATE TABLE mails (
    digest TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    at     TIMESTAMPTZ NOT NULL,
    sender TEXT NOT NULL,
    size   BIGINT NOT NULL,  -- of the mail as it came
    mail   BYTEA NOT NULL    -- zstd; empty when it was too large to keep
);
CREATE INDEX mails_request ON mails (number);

-- What the whole history was at an instant, as it was mailed to the operators.
CREATE TABLE anchors (
    before   TIMESTAMPTZ NOT NULL PRIMARY KEY,
    requests BIGINT NOT NULL,
    entries  BIGINT NOT NULL,
    digest   TEXT NOT NULL
);

-- +goose Down
DROP TABLE anchors;
DROP TABLE mails;
ALTER TABLE history DROP COLUMN personal;
ALTER TABLE history DROP COLUMN salt;
ALTER TABLE history DROP COLUMN mail;
ALTER TABLE history DROP COLUMN rule;
