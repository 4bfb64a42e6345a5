# `make report` writes the report of the case, `make docs` the documentation,
# `make test` runs the checks, `make test-all` these and the long ones;
# `make proofs` stores the proofs of the case's claims anew.
# All create .venv on first use and need only python3 (3.11 or newer), python3-venv and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
COMPLETE := $(VENV)/.complete
SPREAD := -n auto --dist worksteal
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: report proofs docs test test-long test-all lint types suite long coverage wheel bench lock clean

report: $(INSTALLED)
	$(BIN)/parley report --out build/report

# Proves the case's claims anew and stores what shows them, which reports then verify instead of proving it again.
proofs: $(INSTALLED)
	$(BIN)/parley check --store-proofs

# The pages as HTML, from Markdown and docstrings: without a network, and without a warning.
DOCS := build/docs

docs: $(COMPLETE)
	rm -rf $(DOCS)
	$(BIN)/python docs/lay_out.py $(DOCS)/pages
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going -b html $(DOCS)/pages $(DOCS)/html
	@echo "the pages are in $(DOCS)/html/index.html"

test: lint types suite

test-long: long coverage wheel

test-all: test test-long

lint: $(COMPLETE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(COMPLETE)
	$(BIN)/mypy

suite: $(COMPLETE)
	$(BIN)/pytest $(SPREAD) -m "not long"

long: $(COMPLETE)
	$(BIN)/pytest $(SPREAD) -m long

# What the tests of each part reach: laws and judges go through all of it again, and processes of their own measure
# nothing.
OF_PARTS := tests/games tests/analyses tests/published

coverage: $(COMPLETE)
	$(BIN)/pytest $(SPREAD) -m "not long and not untraced" --cov --cov-report=term $(OF_PARTS)

# The wheel alone is installed, without the tree that it was built from: its environment borrows the libraries of the
# other one, whose editable installation it does not see, and no folder is searched for being the current one.
WHEEL := build/wheel
FROM_WHEEL := PYTHONSAFEPATH=1 $(WHEEL)/env/bin
IN_WHEEL := tests/test_packaging.py tests/laws tests/published tests/games/test_catalog.py tests/analyses/cli

wheel: $(COMPLETE)
	rm -rf $(WHEEL)
	$(BIN)/python -m hatchling build --target wheel --directory $(WHEEL)
	$(BIN)/python -m venv $(WHEEL)/env
	$(WHEEL)/env/bin/pip install --quiet --no-index --no-deps $(WHEEL)/*.whl
	libraries=$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') && \
		echo "$$libraries" > $$($(WHEEL)/env/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/libraries.pth
	$(FROM_WHEEL)/parley --version | grep $(WHEEL)/env
	$(FROM_WHEEL)/python -m pytest $(SPREAD) $(IN_WHEEL)

bench: $(COMPLETE)
	$(BIN)/python benchmarks/peers.py > docs/benchmarks.md
	$(BIN)/python -m pytest --no-header -q -s benchmarks
	JUDGED_CLAIMS=500 JUDGED_GAMES=5000 $(BIN)/pytest $(SPREAD) -m long tests/judges
	JUDGED_DRAWS=all $(BIN)/pytest $(SPREAD) -m long tests/games tests/published tests/laws/test_case_laws.py \
		tests/judges/test_flip_distances.py tests/analyses/solution/test_solution.py
	JUDGED_POINTS=100000 $(BIN)/pytest $(SPREAD) -m long tests/analyses/solution/test_solution_points.py

LOCKED := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

# The core keeps to the versions of the whole.
lock:
	$(LOCKED) --all-extras --upgrade -o requirements-all.lock
	$(LOCKED) --extra build --constraint requirements-all.lock -o requirements.lock

INSTALL := $(BIN)/pip install --quiet --no-deps

# What the report needs.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Parley needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

# All extras and the tools of the tests, beside it.
$(COMPLETE): $(INSTALLED) requirements-all.lock
	$(INSTALL) --require-hashes -r requirements-all.lock
	@touch $@

clean:
	rm -rf $(VENV) build dist .coverage .mypy_cache .pytest_cache .ruff_cache
