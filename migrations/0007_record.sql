-- +goose Up
-- What is sealed carries "VERSION:KEY:MAC" of who holds secret.key; '' is what a
-- program without it wrote, an older version of ours too.
ALTER TABLE history ADD COLUMN form TEXT NOT NULL DEFAULT '';       -- SHA-256 of the form, where the entry changed it; personal
ALTER TABLE history ADD COLUMN seal TEXT NOT NULL DEFAULT '';       -- of hash
ALTER TABLE requests ADD COLUMN seal TEXT NOT NULL DEFAULT '';      -- of all other columns
ALTER TABLE requests ADD COLUMN adopted BIGINT NOT NULL DEFAULT 0;  -- up to this entry the history may be unsealed
ALTER TABLE counters ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE delegations ADD COLUMN seal TEXT NOT NULL DEFAULT '';   -- of all but next
ALTER TABLE mails ADD COLUMN seal TEXT NOT NULL DEFAULT '';         -- of the size, where the mail itself is not kept

-- What the key's holder states of the record as a whole.
CREATE TABLE facts (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    at    TIMESTAMPTZ,
    seal  TEXT NOT NULL
);

-- +goose Down
DROP TABLE facts;
ALTER TABLE mails DROP COLUMN seal;
ALTER TABLE delegations DROP COLUMN seal;
ALTER TABLE counters DROP COLUMN seal;
ALTER TABLE requests DROP COLUMN adopted;
ALTER TABLE requests DROP COLUMN seal;
ALTER TABLE history DROP COLUMN seal;
ALTER TABLE history DROP COLUMN form;
