# Needs Python 3.11-3.13, make and git; everything else goes into .venv from requirements.lock.
# Paths are relative throughout, so that a folder with spaces in its name works.

PYTHON ?= python3
PORT ?= 8001
ARGS ?=

VENV := .venv
INSTALLED := $(VENV)/.installed
RUN := $(VENV)/bin/python
ONRECORD := $(VENV)/bin/onrecord
NAME := luton-county-lines
SEEDS := seeds/$(NAME)
BUILT := build/$(NAME)

# What the caller's shell has set for another Python must not reach into this one.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve test check lint format docs lock release bench bench-serve bench-corpus clean

help: ## list the targets
	@echo "onrecord: make TARGET"
	@echo
	@while IFS= read -r line; do case "$$line" in \
		[a-z]*:*"## "*) printf '  %-13s %s\n' "$${line%%:*}" "$${line#*## }";; esac; done < Makefile
	@echo
	@echo "PORT=$(PORT) for serve, PYTHON=$(PYTHON) to install with, ARGS= for pytest"

serve: $(INSTALLED) ## build the collection in seeds/, check it, and serve it at http://127.0.0.1:8001 (PORT= changes it)
	$(ONRECORD) build $(SEEDS) --out $(BUILT)
	$(ONRECORD) validate $(BUILT)
	$(ONRECORD) verify $(BUILT) --sources $(SEEDS)
	$(ONRECORD) serve $(BUILT) --port $(PORT)

# The tests have a process a core, in which threads would only wait for one another.
test: export POLARS_MAX_THREADS = 1
test: $(INSTALLED) ## run every test (ARGS="-k figures" for some of them)
	$(RUN) -m pytest --numprocesses auto $(ARGS)

check: lint ## all that a change must pass: lint, types, schemas, docs, and the tests with their coverage
	$(RUN) docs/generate.py --check
	$(MAKE) --no-print-directory test ARGS="--cov"

lint: $(INSTALLED) ## ruff and mypy --strict
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy --strict

format: $(INSTALLED) ## put the code into its format
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

docs: $(INSTALLED) ## write the generated pages of docs/ again
	$(RUN) docs/generate.py

lock: ## resolve requirements.lock again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock

release: $(INSTALLED) ## release the collection into datapackage/ under the version that its changes call for (ARGS="--dry-run" first)
	$(ONRECORD) release $(SEEDS) --catalog datapackage $(ARGS)

bench: $(INSTALLED) ## measure extraction's speed and quality, releases of a million rows, and pulling beside curl
	$(RUN) tests/bench/extraction.py
	$(RUN) tests/bench/releases.py
	$(RUN) tests/bench/pull.py

bench-serve: $(INSTALLED) ## measure the site against stock Datasette on 1 M rows (ARGS="--rows 10000"; needs wrk)
	$(RUN) tests/bench/serving.py $(ARGS)

bench-corpus: $(INSTALLED) ## measure a package of a million rows, and builds of 20,000 and 200,000 articles (ARGS="--articles 20000")
	$(RUN) tests/bench/million.py || echo "a target is missed"
	$(RUN) tests/bench/corpus.py $(ARGS)

clean: ## remove all that make has made, .venv included
	rm -rf $(VENV) build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The lock is complete, so pip resolves nothing (it would refuse the override in pyproject.toml).
# The stamp is written last, so that an interrupted installation is taken up again.
$(INSTALLED): requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null \
		|| { echo "make: expected Python 3.11-3.13, found no command '$(PYTHON)'; install it or call make PYTHON=/path/to/python" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "make: expected Python 3.11-3.13, found $$("$(PYTHON)" --version 2>&1) as '$(PYTHON)'; call make PYTHON=/path/to/python" >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "make: expected Python's venv module, found none in '$(PYTHON)'; install it (Debian: apt-get install python3-venv)" >&2; exit 2; }
	@$(RUN) -c '' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@echo "make: installing onrecord and its locked libraries into $(VENV); this takes a minute or two, once"
	$(RUN) -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(INSTALLED)
