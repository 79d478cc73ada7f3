# Two commands need nothing set up but Go, make and git: make demo, make test.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)

.PHONY: demo test soak build lint vuln fuzz bench golden

# The main job on embedded defaults: one request from form to closed report.
demo:
	@go run ./cmd/layanan demo

# What runs side by side in the bot, for the race detector; the tables of variants are the same ways once more.
CONCURRENT := ^Test(Stories|TwoAnswersAtOnce|TwoRobots.*|Fuse|FloodOfRequests|AnswersDelayNobody|OneMailHoldsUpNoOther|ReadingWithoutEnd|FewAreReadApart|Shadow|Forgeries|WhatWaits|SendersTakeTurns|SignedFormsDoNotWait|TheWholeRecordIsSound|KeysAreReplaced)$$

# Everything, on real servers; installs what Debian has and the machine lacks.
test:
	@scripts/install-servers.sh
	go test ./...
	go test -race ./internal/mailbox ./internal/smtp
	go test -race -run '$(CONCURRENT)' ./internal/bot

# What takes too long for every change, or finds by chance: loops, floods and repetitions in full size, and fuzzing.
# What fuzzing finds goes into testdata, where every later test tries it.
soak: fuzz
	go test ./internal/bot ./mailparse -full -timeout 30m

build:
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/layanan ./cmd/layanan

lint:
	@test -z "$$(gofmt -l .)" || { echo "not gofmt'ed:"; gofmt -l .; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool ineffassign ./...
	go tool gocyclo -over 20 -ignore '_test\.go' .
	@test -z "$$(go tool deadcode -test ./... | tee /dev/stderr)"
	go mod tidy -diff

# Known vulnerabilities in what is called, for whoever can reach the database
# (https://vuln.go.dev, or GOVULNDB); so nothing else depends on it.
GOVULNDB ?= https://vuln.go.dev
vuln:
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -db $(GOVULNDB) ./...

# Each fuzz target for FUZZTIME.
FUZZTIME ?= 30s
fuzz:
	@scripts/fuzz.sh $(FUZZTIME)

# Figures beside bare limits of the same run; see internal/bench/doc.go.
bench:
	@scripts/install-servers.sh
	go test ./mailparse -run '^$$' -bench Parse
	go test ./internal/bench -run '^$$' -bench . -benchtime 1x -timeout 20m

# Rewrites the golden files and stories from what the code does now.
golden:
	go test ./workflow ./notify ./internal/config ./mailparse ./internal/bot -update
