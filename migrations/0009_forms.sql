-- +goose Up
-- Forms that role holders seem to have sent for somebody else, kept until they
-- confirm it; no request is made before.
CREATE TABLE forms (
    number    TEXT NOT NULL PRIMARY KEY,  -- like a request's, of the year 0000
    recipient TEXT NOT NULL,              -- who is asked
    created   TIMESTAMPTZ NOT NULL,
    request   TEXT NOT NULL,              -- that was made of it; '' none yet
    digest    TEXT NOT NULL,              -- SHA-256 of the mail
    event     TEXT NOT NULL,              -- what it says; '' once a request was made
    mail      BYTEA NOT NULL              -- zstd; as it came
);
CREATE INDEX forms_created ON forms (created);

-- Answers to mails that nothing proves to be their sender's are counted apart, so
-- that who is only named uses up nobody's.
ALTER TABLE outbox ADD COLUMN unproven BOOLEAN NOT NULL DEFAULT FALSE;

-- +goose Down
ALTER TABLE outbox DROP COLUMN unproven;
DROP TABLE forms;
