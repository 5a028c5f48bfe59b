# Two commands are enough: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
PORT ?= 8050
STORE ?= spanner-runs
SOURCES := simulation dashboard tests

export SPANNER_PYTHON

.PHONY: help setup run test check static soak bench validate docs fmt lock browser

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

setup: ## set everything up in .venv (nothing to do the second time)
	@sh tools/setup

run: setup ## run the default comparison, then serve the dashboard with it open
	@$(BIN)/spanner compare force --out $(STORE)
	@$(BIN)/spanner dashboard --port $(PORT) --out $(STORE) --open compare

test: setup browser static ## check everything and pass every test
	@SPANNER_CHROMIUM="$$(sh tools/find-browser)" $(BIN)/python -m pytest -m "not soak and not bench" \
		--hypothesis-profile=test -n 2 --dist loadfile --no-loadscope-reorder

check: setup static ## the quick checks and the fast tests
	@$(BIN)/python -m pytest -m "not slow and not browser and not soak and not bench" --hypothesis-profile=check -n 2 --dist loadfile --no-loadscope-reorder

static: setup
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/pyright
	$(BIN)/lint-imports

soak: setup browser ## every test at length: 1,000 scenarios, long baselines, kills, every page in every width
	@SPANNER_CHROMIUM="$$(sh tools/find-browser)" $(BIN)/python -m pytest -m "not bench" \
		--hypothesis-profile=soak -n 2 --dist loadfile --no-loadscope-reorder

bench: setup ## measure every speed target; prints JSON
	@$(BIN)/python -m tests.benchmarks

validate: setup ## reproduce the published findings; goes on after a stop; writes docs/findings.md
	@$(BIN)/spanner validate --out spanner-validation --write docs/findings.md

docs: setup ## write docs/odd.md and docs/assurance anew from the code
	@$(BIN)/python -m simulation.report.odd
	@$(BIN)/spanner assurance --write docs/assurance

fmt: setup ## format the sources
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

lock: setup ## resolve requirements.lock anew
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.12 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock

browser: setup
	@sh tools/find-browser --install >/dev/null
