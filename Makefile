# Speak for Yourself. `make` alone says what can be made.

PORT ?= 8000
# How many tests run at once.
JOBS ?= 3
# Which tests: `make test TESTS=tests/voice`, or `make test TESTS="-k audience"`.
TESTS ?=
# The first Python that is new enough; another one: make run PYTHON=/path/to/python
PYTHON := $(or $(PYTHON),$(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done),python3)
BIN := .venv/bin
AT_RANDOM := tests/federation/test_malformed.py tests/clients/test_openapi.py tests/clients/test_mastodons_document.py \
	tests/clients/test_nobody_outside_the_audience.py tests/voice/test_nobody_outside_the_audience.py \
	tests/rooms/test_random_rooms.py tests/mirror/test_attack.py \
	tests/clients/bringing/test_own_archive.py
TEMPLATES := find src/speak -path '*/templates/*' -name '*.html' -exec

# What one process has compiled, the next need not: everything starts twice as fast.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run demo pictures test test-long test-engines check lint tools format docs bench coverage ready ready-to-test

help:
	@echo 'make run     start everything on http://localhost:$(PORT), with its data in ./data  (PORT=…)'
	@echo 'make demo    look around in a small invented organisation, made anew each time  (PORT=…)'
	@echo 'make pictures  make the pictures of the README from it'
	@echo 'make test    run every test, on SQLite and on PostgreSQL  (TESTS=…, JOBS=…)'
	@echo 'make test-long  send it 5,000 of each kind of nonsense, and try 1,000 archives to learn of somebody'
	@echo 'make test-engines  ask Spark, ClickHouse and Trino what the mirror asks, and want the same figures'
	@echo 'make check   what CI runs: format, lint, types, architecture, and every test'
	@echo 'make lint    the same without the tests: under a minute, before each commit'
	@echo 'make format  write the code the way check wants it'
	@echo 'make docs    write docs/reference anew from the code'
	@echo 'make bench   measure the running program'

run: ready
	@exec $(BIN)/speak run --port $(PORT)

demo: ready
	@exec $(BIN)/speak demo --port $(PORT)

# What the README shows, made of the demo.
pictures: ready-to-test
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.browser.pictures

# Browsers and other people's programs are met once, on SQLite; what asks a database on both.
test: ready-to-test
	$(BIN)/python -m tests.chromium
	$(BIN)/pytest -n $(JOBS) -m 'not engine' $(TESTS)
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n $(JOBS) -m 'not browser and not peer and not engine' $(TESTS)

# Inputs at random, five thousand of each instead of a few hundred.
test-long: ready-to-test
	$(BIN)/pytest -n $(JOBS) --hypothesis-profile=long --timeout=3600 $(or $(TESTS),$(AT_RANDOM))

# Libraries of 1.3 GB that most never need; Spark wants a Java of 17 or newer.
test-engines:
	@$(PYTHON) scripts/bootstrap.py --engines
	$(BIN)/pytest -q -m engine tests/mirror/engines tests/operations/test_mirror.py

check: tools test

lint: tools
	$(BIN)/pytest -q tests/architecture

tools: export SPEAK_DATA = $(CURDIR)/.venv/data-of-checks
tools: ready-to-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TEMPLATES) $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/codespell
	$(BIN)/python -m django makemigrations --check --dry-run --settings speak.operations.settings

format: ready-to-test
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(TEMPLATES) $(BIN)/djade --target-version 5.2 {} +

docs: ready-to-test
	$(BIN)/speak reference
	$(BIN)/python -m tests.peers.apps.table

bench: ready-to-test
	$(BIN)/python -m bench
	$(BIN)/python -m bench.archives

# Branches that the tests on SQLite do not reach.
coverage: ready-to-test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(JOBS) $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

ready:
	@$(PYTHON) scripts/bootstrap.py

ready-to-test:
	@$(PYTHON) scripts/bootstrap.py --dev
