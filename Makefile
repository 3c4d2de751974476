# Everything a newcomer needs: `make demo` to see the site, `make test` to check a change. See CONTRIBUTING.md.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# The environment is made anew when, and only when, a lock file or the Python has changed.
SETUP := .ci/setup
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo setup setup-dev test everyday check format bench-search bench-lists bench-desk bench-import lock clean

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: setup  ## Serve the site with demonstration records on http://127.0.0.1:PORT (default 8000)
	@exec $(BIN)/python -m config.demo

setup:  ## Make the environment that the site runs in
	@$(SETUP) $(PYTHON) $(VENV) requirements.lock

setup-dev:  ## The same, with what the checks and tests need
	@$(SETUP) $(PYTHON) $(VENV) requirements-dev.lock

test: setup-dev check  ## Run every check and every test
	$(BIN)/python -m pytest -n 2

everyday: setup-dev  ## Run the tests that take less than three minutes together
	$(BIN)/python -m pytest -n 2 -m "not slow"

check: setup-dev  ## Run the checks that take seconds
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DEBUG=1 $(BIN)/mypy
	find templates public desk cases people imports -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run

format: setup-dev  ## Bring code and templates into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates public desk cases people imports -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --target-version 5.2

bench-search: setup-dev  ## Measure the search among a million people beside its rivals (half an hour at first)
	$(BIN)/python -m bench

bench-lists: setup-dev  ## Measure the lists among a million people and 400,000 cases (minutes, after bench-search)
	$(BIN)/python -m bench.lists

bench-desk: setup-dev  ## Count the keys of three entries at the desk, beside Django's stock admin (two minutes)
	$(BIN)/python -m bench.desk

bench-import: setup-dev  ## Measure bringing in 7,892 trials beside plain bulk_create of the same rows (minutes)
	$(BIN)/python -m bench.imports

lock:  ## Choose the newest versions that requirements*.in allow (needs uv)
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.11 --output-file requirements.lock requirements.in
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.11 --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.in

clean:  ## Remove what the tools left; the demo's records stay
	rm -rf .local/tests $(VENV) staticfiles .coverage htmlcov .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
