# The commands of pipe-sched. Each sets up what it needs; a warm run skips what is fresh.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
WORKERS ?= 2
PYTEST ?=
BIN := .venv/bin
LOCKED := .venv/.locked
INSTALLED := .venv/.installed
MODULES := node_modules/.package-lock.json
ASSETS := static/vendor/pipe-sched.css
SOURCES := assets/build.mjs $(wildcard assets/scss/*.scss)
CHECKED := $(wildcard app.py) pipe_sched tests $(wildcard bench)
TYPED := $(wildcard app.py) pipe_sched $(wildcard bench)

.PHONY: help demo test lint bench attack docs lock clean setup assets

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-6s %s\n", $$1, $$2}' Makefile

demo: setup assets ## Make the demo week of two premises and serve it; Ctrl-C ends it
	@exec $(BIN)/pipe-sched demo

test: setup assets ## Run every test; the last lines say which did not run and why
	@.ci/browser
	@.ci/proxy
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(PYTEST)

lint: setup ## Check style, types and the direction of imports
	@$(BIN)/ruff check $(CHECKED)
	@$(BIN)/ruff format --check $(CHECKED)
	@$(BIN)/mypy $(TYPED)
	@$(BIN)/lint-imports --no-logo

bench: setup ## Measure the planner on weeks of 1, 2, 4 and 8 premises
	@$(BIN)/python -m bench

attack: setup assets ## Kill it, race it, besiege it and live random lives; takes some hours
	@$(BIN)/python -m bench.attack

docs: setup ## Write the pages under docs/ that are made from the code
	@$(BIN)/python -m pipe_sched.rules

lock: setup ## Choose the newest allowed versions and write requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --upgrade --quiet \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --output-file requirements.lock

clean: ## Remove what these commands made, but no data
	@rm -rf .venv node_modules static/vendor build dist .coverage htmlcov
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(INSTALLED)

assets: $(ASSETS)

$(LOCKED): requirements.lock
	@.ci/virtualenv $(PYTHON)
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml
	@$(BIN)/uv pip install --quiet --offline --python $(BIN)/python \
	  --no-deps --no-build-isolation --editable .
	@touch $@

$(MODULES): package.json package-lock.json .npmrc
	@.ci/node-version
	@echo 'Installing the packages that the style sheet is built from ...'
	@npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel error
	@touch $@

$(ASSETS): $(MODULES) $(SOURCES)
	@node assets/build.mjs
	@touch $@
