# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists all.

PYTHON = python3
PORT = 8000
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/pip --quiet --disable-pip-version-check
# `make test PYTEST_ARGS='-k sessions'`; `make bench ONLY=accuracy`
PYTEST_ARGS =
ONLY =

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test system-test lint format docs bench faults clean

# $(call need,command that fails while something is missing,Debian packages,what they are for)
define need
@if ! { $(1); } >/dev/null 2>&1; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    echo "Installing $(2): $(3)"; \
    export DEBIAN_FRONTEND=noninteractive; \
    apt-get -o Acquire::Retries=3 -qq update && \
    apt-get -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -qq install -y --no-install-recommends $(2) >/dev/null; \
  else \
    echo "Missing: $(3). Run this as root, then try again: apt-get install $(2)" >&2; exit 1; \
  fi; \
fi
endef

define need_mariadb
$(call need,PATH="$$PATH:/usr/sbin"; command -v mariadbd && command -v mariadb-install-db && command -v my_print_defaults,mariadb-server-core mariadb-client-core,the database that tests run on beside SQLite)
endef
define need_chromium
$(call need,command -v chromium,chromium fonts-liberation,the browser that tests of the dashboard drive)
endef
define need_deployment
$(call need,PATH="$$PATH:/usr/sbin"; command -v apache2 && test -e /usr/lib/apache2/modules/mod_wsgi.so && command -v curl && command -v logrotate && command -v mariadb && command -v openssl && command -v shellcheck && command -v systemd-analyze,apache2-bin curl libapache2-mod-wsgi-py3 logrotate mariadb-client-core media-types openssl shellcheck systemd,what a deployment is tested with)
endef

help: ## this list
	@echo 'Theme Park Downtime Tracker. Data powered by Queue-Times.com.'
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/.run ## dashboard with live data on http://127.0.0.1:8000 (another port: make run PORT=8001)
	$(BIN)/park-downtime run --port $(PORT)

demo: $(VENV)/.run ## the same with simulated data and history; needs no network once installed
	$(BIN)/park-downtime demo --port $(PORT)

test: $(VENV)/.test ## the whole test suite, with all that it needs (MariaDB and Chromium of Debian)
	$(need_mariadb)
	$(need_chromium)
	$(need_deployment)
	$(BIN)/pytest -n 2 $(PYTEST_ARGS)

system-test: $(VENV)/.test ## an installation as in production, as root: releases, reloads, backup, cron, frames
	$(need_mariadb)
	$(need_chromium)
	$(need_deployment)
	$(call need,PATH="$$PATH:/usr/sbin"; command -v cron && command -v unshare,cron util-linux,what starts the jobs of an installation)
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

bench: $(VENV)/.test ## measure what is promised, the quick ones (one or all: make bench ONLY=accuracy, ONLY=all)
	$(BIN)/python -m benchmarks $(ONLY)

faults: $(VENV)/.test ## cause what goes wrong in production and compare the statistics, in 10 minutes (make faults ONLY=load)
	$(need_mariadb)
	$(BIN)/python -m benchmarks.faults $(if $(ONLY),--only $(ONLY))

clean: ## remove the environment and what tools leave behind; never data
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.*
	find src -name '*.egg-info' -prune -exec rm -rf {} +
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Missing: Python 3.11 or newer; another one: make PYTHON=/usr/bin/python3.13 ..." >&2; exit 1; }
	$(call need,$(PYTHON) -c 'import ensurepip',python3-venv,Python environments)
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt pyproject.toml
	@echo 'Installing the program and what it is built on into $(VENV); the first time takes a minute.'
	$(PIP) install -r requirements.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.txt
	@echo 'Installing what the tests need into $(VENV); the first time takes a minute.'
	$(PIP) install -r requirements-dev.txt
	@touch $@
