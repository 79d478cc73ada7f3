-- +goose Up
CREATE TABLE counters (
    prefix TEXT   NOT NULL,
    year   INTEGER NOT NULL,
    last   BIGINT NOT NULL CONSTRAINT counters_positive CHECK (last >= 0),
    PRIMARY KEY (prefix, year)
);

-- One row a request; body is the workflow.Request, the other columns are what
-- is searched by.
CREATE TABLE requests (
    number    TEXT NOT NULL PRIMARY KEY,
    state     TEXT NOT NULL CONSTRAINT requests_state CHECK (state IN ('berjalan', 'menunggu', 'selesai', 'ditolak', 'dibatalkan')),
    step      TEXT NOT NULL,
    visit     BIGINT NOT NULL,  -- a reminder of an earlier one is stale
    requester TEXT NOT NULL,
    created   TIMESTAMPTZ NOT NULL,
    due       TIMESTAMPTZ,
    alarm     TIMESTAMPTZ,
    entries   BIGINT NOT NULL,  -- length of the history
    head      TEXT NOT NULL,    -- hash of its last entry
    body      TEXT NOT NULL
);
CREATE INDEX requests_alarm ON requests (alarm) WHERE alarm IS NOT NULL;

-- Append-only; hash = SHA-256(prev || canonical JSON of the entry).
CREATE TABLE history (
    number     TEXT NOT NULL REFERENCES requests (number),
    seq        BIGINT NOT NULL,
    at         TIMESTAMPTZ NOT NULL,
    event      TEXT NOT NULL,
    author     TEXT NOT NULL,
    step       TEXT NOT NULL,
    visit      BIGINT NOT NULL,
    word       TEXT NOT NULL,
    note       TEXT NOT NULL,
    message_id TEXT NOT NULL,
    proof      TEXT NOT NULL,
    hash       TEXT NOT NULL,
    PRIMARY KEY (number, seq)
);

-- Every mail that was handled, so that none is handled twice.
CREATE TABLE ledger (
    id          TEXT NOT NULL PRIMARY KEY,
    mailbox     TEXT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid         BIGINT NOT NULL,
    message_id  TEXT NOT NULL,
    digest      TEXT NOT NULL,  -- SHA-256 of the whole mail
    body_digest TEXT NOT NULL,  -- SHA-256 of its body: a copy by another route has other headers
    outcome     TEXT NOT NULL,  -- what was made of it
    number      TEXT NOT NULL,  -- request it belongs to; '' none
    handled     TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX ledger_uid ON ledger (uid, uidvalidity, mailbox);
CREATE INDEX ledger_digest ON ledger (digest);
CREATE INDEX ledger_message ON ledger (message_id, body_digest);

-- Finished mails to one recipient each. n orders those of one request.
CREATE TABLE outbox (
    id            TEXT NOT NULL PRIMARY KEY,
    number        TEXT NOT NULL,
    n             BIGINT NOT NULL,
    recipient     TEXT NOT NULL,
    kind          TEXT NOT NULL,
    step          TEXT NOT NULL,
    visit         BIGINT NOT NULL,
    answer        BOOLEAN NOT NULL,  -- answers a mail in which nothing moved: rationed
    topic         TEXT NOT NULL,     -- what is told only once in a while; '' otherwise
    message_id    TEXT NOT NULL,
    mail          BYTEA NOT NULL,    -- zstd
    state         TEXT NOT NULL CONSTRAINT outbox_state CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'bounced', 'dropped')),
    attempts      BIGINT NOT NULL,
    due           TIMESTAMPTZ NOT NULL,
    claimed_by    TEXT NOT NULL,
    claimed_until TIMESTAMPTZ,
    error         TEXT NOT NULL,
    created       TIMESTAMPTZ NOT NULL,
    sent          TIMESTAMPTZ
);
CREATE UNIQUE INDEX outbox_message ON outbox (message_id);
CREATE INDEX outbox_queue ON outbox (due, id) WHERE state = 'queued';
CREATE INDEX outbox_claims ON outbox (claimed_until) WHERE state = 'sending';
CREATE INDEX outbox_thread ON outbox (number, recipient, n) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_request ON outbox (number);
CREATE INDEX outbox_answers ON outbox (recipient, created) WHERE answer;
CREATE INDEX outbox_topic ON outbox (topic, created) WHERE topic <> '';

-- Who may read a mailbox; epoch fences off a holder that lost it.
CREATE TABLE leases (
    name    TEXT NOT NULL PRIMARY KEY,
    holder  TEXT NOT NULL,
    epoch   BIGINT NOT NULL,
    expires TIMESTAMPTZ NOT NULL
);

-- Where a mailbox was first read from. since is set where what had come before
-- was passed over: a later UIDVALIDITY must not bring it back.
CREATE TABLE mailboxes (
    name        TEXT NOT NULL PRIMARY KEY,
    uidvalidity BIGINT NOT NULL,
    first_uid   BIGINT NOT NULL,
    since       TIMESTAMPTZ
);

CREATE TABLE delegations (
    id       TEXT NOT NULL PRIMARY KEY,
    until    TIMESTAMPTZ,
    number   TEXT NOT NULL,  -- of the request it is limited to; '' none
    body     TEXT NOT NULL
);

-- Messages that could not be handled, whole.
CREATE TABLE dead_letters (
    id         TEXT NOT NULL PRIMARY KEY,
    at         TIMESTAMPTZ NOT NULL,
    reason     TEXT NOT NULL,
    detail     TEXT NOT NULL,
    sender     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    message_id TEXT NOT NULL,
    mailbox     TEXT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid         BIGINT NOT NULL,
    mail       BYTEA NOT NULL,  -- zstd
    state      TEXT NOT NULL CONSTRAINT dead_letters_state CHECK (state IN ('waiting', 'retried', 'discarded')),
    why        TEXT NOT NULL    -- given by who discarded it
);
CREATE INDEX dead_letters_waiting ON dead_letters (at) WHERE state = 'waiting';

-- +goose Down
DROP TABLE dead_letters;
DROP TABLE delegations;
DROP TABLE mailboxes;
DROP TABLE leases;
DROP TABLE outbox;
DROP TABLE ledger;
DROP TABLE history;
DROP TABLE requests;
DROP TABLE counters;
