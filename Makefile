# Two commands: `make demo` shows it, `make test` proves it. Both do all set-up by themselves.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 4

.PHONY: demo play test check words torture bench bench-large servers samples clean

# --- set-up -----------------------------------------------------------------------------------------------------
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "mailflow needs Python 3.11 or newer; PYTHON=... names one" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "python3 has no venv here: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# real servers for the tests: Debian's packages, installed when this is root, else named in one message
servers:
	@tests/servers/install.sh

# --- the two commands -------------------------------------------------------------------------------------------
demo: .venv/ready
	$(BIN)/mailflow demo

play: .venv/ready
	$(BIN)/mailflow demo --stay

# a file's tests share a process; those that wait for servers begin, so that nothing waits for them at the end
test: .venv/ready servers
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder tests/servers tests/torture tests/fuzz tests/acceptance tests/unit

# --- for developers ---------------------------------------------------------------------------------------------
check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry mailflow

# the sentences of templates and code, for templates/locale; what is new there waits to be translated
words: .venv/ready
	$(BIN)/pybabel --quiet extract -F templates/locale/babel.cfg -k say -k say_n:1,2 --ignore-dirs '.*' --add-location=file --omit-header --sort-output -w 110 -o templates/locale/mailflow.pot .
	for language in es fr; do $(BIN)/pybabel --quiet update -i templates/locale/mailflow.pot -d templates/locale -D mailflow -l $$language --init-missing --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date -w 110 || exit 2; done

# every part in full counts, an hour at most; what was finished is remembered in .torture/: run it again to go on
torture: .venv/ready servers
	MAILFLOW_TORTURE=1 $(BIN)/python -m tests.torture

# measured claims, ten minutes; bench-large is ten times the number, to see that memory stays flat
bench: .venv/ready servers
	$(BIN)/python -m bench

bench-large: .venv/ready servers
	$(BIN)/python -m bench --large --only out --only in

# every mail as its reader sees it, in docs/samples: three minutes, and a browser
samples: .venv/ready
	$(BIN)/python -m tests.samples

clean:
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis
