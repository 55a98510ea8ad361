# The commands of the project. Everything is installed into .venv from the hashed locks; nothing else is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo demo-reset run test lint check bench bench-rota install look lock clean

demo: $(VENV)/installed
	$(BIN)/icv serve --demo

demo-reset: $(VENV)/installed
	rm -rf instance/demo
	$(BIN)/icv serve --demo

run: $(VENV)/installed
	$(BIN)/icv serve

test: $(VENV)/installed-test
	$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile

lint: $(VENV)/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

check: lint test

bench: $(VENV)/installed-test
	$(BIN)/python -m benchmarks

# Rotas of four sizes beside simpler ways of drawing, in about five minutes; ROTAS="--fast" or "--only S,M".
bench-rota: $(VENV)/installed-test
	$(BIN)/python -m benchmarks.rotas $(ROTAS)

install: $(VENV)/installed

# The committed CSS and JavaScript, built again from static/src (needs Node.js).
look:
	cd static/src && npm ci && npm run build

# The locks, resolved again for every platform and Python 3.11 or newer (needs uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.txt pyproject.toml requirements-build.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra test -c requirements.txt -o requirements-test.txt pyproject.toml requirements-build.in

$(VENV)/installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/installed-test: $(VENV)/installed requirements-test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

clean:
	rm -rf $(VENV)
