# make demo       a graph of the sample articles: news.kg, news.ttl, news.html
# make test       the tests, but for the slow ones
# make slow       the slow ones: processes that are killed, real servers, other engines, other runs
# make check      lint, types, import layers and all tests
# make notebooks  run the notebooks and keep what they print
# make clean      remove what these made, .venv included
#
# Each needs Python 3.11 and make; the first one installs the package into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
PYTEST_ARGS ?=
# Tests start hundreds of interpreters, and each would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE
# A worker holds a language model and a browser: half a gigabyte.
WORKERS ?= logical --maxprocesses 4
# All tests of a file in one worker, which makes what they share once; in the order of tests/conftest.py.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: demo test slow check lint types layers notebooks clean

demo: $(READY)
	$(BIN)/kg build seeds/articles -o news.kg
	$(BIN)/kg export news.kg news.ttl news.html
	@echo
	@echo 'Who proposed what? (kg query news.kg --name who-proposed-what --columns who,to,about,quote)'
	@echo
	@$(BIN)/kg query news.kg --name who-proposed-what --columns who,to,about,quote --format table
	@echo
	@echo 'Open news.html in a browser for the network, news.ttl in Protégé or an editor.'
	@echo 'Then try:'
	@echo '  $(BIN)/kg show news.kg "Vladimir Putin"       what is known, each line with its quote'
	@echo '  $(BIN)/kg query --list                        the other ready questions'
	@echo '  $(BIN)/kg build my-articles/ -o my.kg         a graph of articles of your own'

test: $(READY)
	$(PYTEST) -m "not slow" $(PYTEST_ARGS)

slow: $(READY)
	$(PYTEST) -m slow $(PYTEST_ARGS)

check: lint types layers test slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

notebooks: $(READY)
	$(BIN)/python tests/test_notebooks.py

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) news.kg news.ttl news.html build dist .pytest_cache .mypy_cache .ruff_cache \
	  .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
