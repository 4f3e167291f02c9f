# Grille. `make help` says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app
PORT ?= 8000
STAGE ?= ranked

.DEFAULT_GOAL := help
.PHONY: help run demo test check format catalogues screenshots bench bench-scoring bench-workbook

help: ## What there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

run: $(VENV)/.run ## Serve on http://127.0.0.1:8000, with the demonstration if the database is empty
	@$(FLASK) db upgrade
	@$(FLASK) demo --if-empty
	@$(FLASK) serve --port $(PORT)

demo: $(VENV)/.run ## Add a demonstration consultation: STAGE=draft|open|evaluation|ranked
	@$(FLASK) db upgrade
	@$(FLASK) demo --stage $(STAGE)

test: $(VENV)/.dev ## Install what testing needs and run every test, on SQLite and on PostgreSQL
	@$(BIN)/python tools/test_setup.py
	$(BIN)/python tools/run_tests.py

check: $(VENV)/.dev ## Format, lint, types, import contracts, templates, languages, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit --quiet --recursive rfp scoring app.py
	$(BIN)/python tools/catalogues.py check
	$(BIN)/python tools/check_migrations.py

format: $(VENV)/.dev ## Put code and templates in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

catalogues: $(VENV)/.dev ## Collect the strings to translate, and compile the catalogues
	$(BIN)/python tools/catalogues.py update

screenshots: $(VENV)/.dev ## Take the pictures of docs/screenshots/ in Debian's chromium
	@$(BIN)/python tools/test_setup.py
	$(BIN)/python tools/screenshots.py

.venv-bench/.ready: requirements.txt benchmarks/requirements-scoring.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --requirement benchmarks/requirements-scoring.txt
	@touch $@

bench-scoring: .venv-bench/.ready ## Time exact ranking beside numpy, scikit-criteria, pymcdm and json.loads
	.venv-bench/bin/python benchmarks/scoring.py

bench: bench-scoring bench-workbook ## Every benchmark below, as ratios in one run each

bench-workbook: $(VENV)/.dev ## Time the workbook against XlsxWriter, openpyxl and pandas writing the same cells
	$(BIN)/python benchmarks/workbook.py
