# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists all.

PYTHON = python3
PORT = 8000
VENV = .venv
BIN = $(VENV)/bin
# Something moves while it installs, where somebody looks.
PIP = $(BIN)/pip --disable-pip-version-check $$([ -t 1 ] || echo --quiet) install
# `make test PYTEST_ARGS='-k sessions'`; `make bench ONLY=accuracy`; `make lock UPGRADE=1`
PYTEST_ARGS =
ONLY =
UPGRADE =

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test system-test lint format docs lock bench faults clean

help: ## this list
	@echo 'Theme Park Downtime Tracker. Data powered by Queue-Times.com.'
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/.run ## dashboard with live data on http://127.0.0.1:8000 (another port: make run PORT=8001)
	$(BIN)/park-downtime run --port $(PORT)

demo: $(VENV)/.run ## the same with simulated data and history; needs no network once installed
	$(BIN)/park-downtime demo --port $(PORT)

test: $(VENV)/.test ## the whole test suite, with all that it needs (MariaDB and Chromium of Debian)
	@tools/need database browser deployment
	$(BIN)/pytest -n 2 $(PYTEST_ARGS)

system-test: $(VENV)/.test ## an installation as in production, as root: releases, reloads, backup, cron, frames
	@tools/need database browser deployment installation
	$(BIN)/pytest -n 2 --dist loadfile tests/system $(PYTEST_ARGS)

lint: $(VENV)/.test ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test ## rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.test ## write the generated parts of docs/, and the method page, anew
	$(BIN)/python tests/support/data_model_page.py
	$(BIN)/python tools/draw_method_page.py

lock: $(VENV)/.test ## write the lock files of all dependencies anew from pyproject.toml (newer releases: make lock UPGRADE=1)
	$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)

bench: $(VENV)/.test ## measure what is promised, the quick ones (one or all: make bench ONLY=accuracy, ONLY=all)
	$(BIN)/python -m benchmarks $(ONLY)

faults: $(VENV)/.test ## cause what goes wrong in production and compare the statistics, in 10 minutes (make faults ONLY=load)
	@tools/need database
	$(BIN)/pytest -n 0 -v tests/faults $(if $(ONLY),-k '$(ONLY)') $(PYTEST_ARGS)

clean: ## remove the environment and what tools leave behind; never data
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.*
	find src -name '*.egg-info' -prune -exec rm -rf {} +
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Missing: Python 3.11 or newer; another one: make PYTHON=/usr/bin/python3.13 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/need environment
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt pyproject.toml
	@echo 'Installing the program and what it is built on into $(VENV); the first time takes a minute.'
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-aws.txt requirements-dev.txt
	@echo 'Installing what the tests need into $(VENV); the first time takes a minute.'
	$(PIP) --require-hashes -r requirements-aws.txt -r requirements-dev.txt
	@touch $@
