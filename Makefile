# Two commands do everything on a machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := requirements/run.txt
TEST := requirements/test.txt

.PHONY: demo test check bench texts lock clean

demo: $(VENV)/.run
	$(BIN)/kimbot demo $(ARGS)

test: $(VENV)/.test
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: $(VENV)/.test ## what a contributor runs before a commit, beside the tests
	$(BIN)/ruff format --check bot conversations tests bench tools
	$(BIN)/ruff check bot conversations tests bench tools
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test
	$(BIN)/python -m bench

texts: $(VENV)/.test ## bring the catalogues of templates/locale to the texts there are
	$(BIN)/kimbot texts --update

# Versions and hashes only: no address of an index ever stands in these files.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra postgres --extra dev pyproject.toml -o $(TEST)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra postgres -c $(TEST) pyproject.toml -o $(RUN)

clean:
	rm -rf $(VENV)

# A finished environment leaves a stamp; changed requirements build it anew.
$(VENV)/.run: $(RUN) pyproject.toml
	$(PYTHON) tools/environment.py $(VENV) $(RUN)
	touch $@

$(VENV)/.test: $(TEST) pyproject.toml
	$(PYTHON) tools/environment.py $(VENV) $(TEST)
	touch $@ $(VENV)/.run
