# `make demo` and `make test` do everything from a fresh clone; only Python 3.11+ must be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Byte code is made when a module is first imported; making all of it first takes as long again.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-compile
COMPILE := $(BIN)/python -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-options --no-header

.PHONY: install develop demo test lint check lock clean

install: $(VENV)/installed

# What tests and checks need on top.
develop: $(VENV)/developed

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=/path/to/it")'
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/developed: $(VENV)/installed requirements-dev.lock
	@echo "Adding what tests and checks need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

demo: install
	@$(BIN)/python -m demo

test: develop
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

check: lint test

# Pins every dependency of the project and its development tools, with hashes.
lock: develop
	$(COMPILE) --extra install --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra install --extra dev --extra rendering --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) data/demo
