# The two commands a newcomer needs are `make demo` and `make test`; each sets up what it needs.
.PHONY: demo test test-long setup messages check bench shots
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
INFIELD := .venv/bin/infield
# every address for every role and relation, and all that is done in a browser: on SQLite with all tests, on
# PostgreSQL with the long ones, as what is slow
ON_BOTH := tests/test_access.py tests/test_relations.py tests/browser
BENCHES := command_line layout_against_dot xes graph alignments

demo: setup
	INFIELD_HOME="$${INFIELD_HOME:-demo-data}" $(INFIELD) demo --again

test: setup browser
	$(PYTHON) -m pytest -n auto --dist worksteal -m "not long"
	INFIELD_TEST_DATABASE=postgres $(PYTHON) -m pytest -n auto --dist worksteal -m "not long and not slow" $(ON_BOTH:%=--ignore=%)

test-long: setup browser
	$(PYTHON) -m pytest -n auto --dist worksteal -m long
	INFIELD_TEST_DATABASE=postgres $(PYTHON) -m pytest -n auto --dist worksteal -m "not long" $(ON_BOTH)
	INFIELD_TEST_DATABASE=postgres $(PYTHON) -m pytest -n auto --dist worksteal -m "slow and not long" $(ON_BOTH:%=--ignore=%)

setup: .venv/.set-up messages

# what was pulled since the last time speaks all languages at once
messages: .venv/.set-up
	@$(PYTHON) -m tools.messages compile

.venv/.set-up: uv.lock pyproject.toml tools/setup.sh
	@tools/setup.sh
	@touch $@

browser: setup
	@tools/browser.sh

check: setup
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/lint-imports --no-logo
	.venv/bin/mypy
	$(PYTHON) -m pytest -n auto --dist worksteal -m "not long and not browser and not slow and not database"

bench: setup
	@for name in $(BENCHES); do echo "== bench/$$name.py"; $(PYTHON) -m bench.$$name || exit 1; done

shots: setup browser
	$(PYTHON) tools/shots.py
