# `make help` lists the targets. Everything runs in .venv, which is set up on first use. What is said
# of one assignment takes another with `make TARGET ASSIGNMENT=NAME`.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ASSIGNMENT := optimization

.DEFAULT_GOAL := help
.PHONY: help demo test hostile hostile-table notebooks release site grade lint check bench prove fuzz lock wheel clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(READY)  ## grade a small sample class in demo/ and say where to look
	$(BIN)/autograder build $(ASSIGNMENT)
	$(BIN)/python -m tests.support.sample_class demo $(ASSIGNMENT)
	@rm -f demo/isolation.txt
	@$(BIN)/autograder doctor > demo/doctor.txt || { \
	  echo "This machine isolates too little (see demo/doctor.txt); the sample class does no harm."; \
	  echo "--isolation process" > demo/isolation.txt; }
	$(BIN)/autograder grade --course demo $(ASSIGNMENT) $$(cat demo/isolation.txt 2>/dev/null) \
	  | tee demo/points.txt
	$(BIN)/autograder report --course demo $(ASSIGNMENT)
	cd demo && PATH="$(CURDIR)/$(BIN):$$PATH" nbgrader export --log-level=WARN
	$(BIN)/autograder feedback --course demo $(ASSIGNMENT)
	@echo
	@$(BIN)/python -m tests.support.look_at demo $(ASSIGNMENT)

test: $(READY)  ## run all tests, and replay the notebooks with nbval
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest --nbval notebooks

hostile: $(READY)  ## let the adversarial corpus loose in the sandbox, and print what came of it
	$(BIN)/python -m tests.hostile.table
	$(BIN)/python -m tests.hostile.table --nbgrader

hostile-table: $(READY)  # the list of attacks in docs/security.md
	$(BIN)/python -m tests.hostile.table --write

notebooks: $(READY)  ## build the instructor version from its text
	$(BIN)/autograder build $(ASSIGNMENT)

release: notebooks  ## make the student version
	$(BIN)/autograder release $(ASSIGNMENT)

site: $(READY)  ## build site/, where the workbooks run in the browser; PYODIDE=FOLDER for no CDN
	$(BIN)/autograder site $(if $(PYODIDE),--pyodide $(PYODIDE))

grade: $(READY)  ## grade what is in submitted/
	$(BIN)/autograder grade $(ASSIGNMENT)

lint: $(READY)  ## style, types, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/codespell

check: lint test  ## all that CI checks

bench: $(READY)  ## measure speed, side by side with plain NumPy and with nbgrader
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/grading.py
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/hostile.py

prove: $(READY)  ## prove the hidden cases and the diagnosis with thousands of wrong solutions
	$(BIN)/python -m tests.proving $(ASSIGNMENT)

fuzz: $(READY)  ## search an hour for answers that pass a hidden case and are not right
	$(BIN)/python -m tests.fuzzing

clean:  ## remove the demo and the environment
	rm -rf .venv demo site

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m compileall -q autograder source_utils/common  # or each command would, where it may not keep it
	@touch $@

lock: $(READY)  ## pin the newest versions of all packages in requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --no-header --upgrade --quiet \
	  --output-file requirements.lock

wheel: $(READY)  ## build the engine as a package, in dist/
	$(BIN)/python -m build --wheel --outdir dist
