# `make demo` and `make test` do everything from a fresh clone; only Python 3.11+ must be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install demo test lint check lock clean

install: $(VENV)/installed

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=/path/to/it")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: install
	@$(BIN)/python -m demo

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

check: lint test

# Pins every dependency of the project and its development tools, with hashes.
lock: install
	$(BIN)/python -m piptools compile --quiet --strip-extras --extra dev --generate-hashes \
		--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-options --no-header \
		--output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) data/demo
