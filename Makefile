# `make run` starts the bot (or, without BOT_TOKEN, its sandbox); `make test` checks everything.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ONLY ?=

.PHONY: run test env bench lock clean compiled

run: compiled
	@$(BIN)/python -m bot run

test: $(VENV)/.test compiled
	@$(BIN)/python -m tests.check

bench: $(VENV)/.test compiled
	@$(BIN)/python -m bench $(ONLY)

env: $(VENV)/.test

# Bytecode of what has changed, also where the environment forbids Python to keep it by itself:
# without it every start reads all modules as text, for a second more.
compiled: $(VENV)/.run
	@$(BIN)/python -m compileall -q bot handlers services storage sandbox

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Unqosu needs Python 3.11: apt-get install python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Python cannot make an environment: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	@echo "Installing what the bot needs (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	@echo "Installing what the tests need (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	@touch $@

# Rewrites both locks from pyproject.toml; exact versions and hashes, no addresses.
lock:
	uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements.lock
	uv pip compile pyproject.toml --extra test -c requirements.lock --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements-test.lock

clean:
	rm -rf $(VENV) var
