-- +goose Up
-- Every form that comes in a mail of its own asks whether its sender has one open.
CREATE INDEX requests_waiting ON requests (requester) WHERE state = 'menunggu';

-- +goose Down
DROP INDEX requests_waiting;
