# The course's commands. `make` alone lists them; PYTHON= names another Python, PORT= where JupyterLab listens.

.DEFAULT_GOAL := help
.PHONY: help lab test soak lint format notebooks bench accuracy speed

VENV := .venv
RUN := $(VENV)/bin/python
# Twice quiet: only errors.
PIP := $(RUN) -m pip install --quiet --quiet --disable-pip-version-check

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

lab: $(VENV)/core.installed ## Install what is needed and open the lessons in JupyterLab (PORT=8890 to choose)
	@$(RUN) -m course_lib lab $(if $(PORT),--port "$(PORT)")

# Three workers for two cores: much of the time they wait, for browsers, sandboxes and kernels.
test: lint ## Check the style and the types, run all tests and compare the notebooks' saved outputs
	@$(RUN) -m pytest -n 3 --dist loadfile --no-loadscope-reorder --nbval --nbval-sanitize-with tests/sanitize.cfg tests notebooks solutions

soak: $(VENV)/dev.installed ## Kill the grading of a class twenty times, and see that nothing is lost (some minutes)
	@SOAK=20 $(RUN) -m pytest --quiet tests/grading/test_soak.py

lint: $(VENV)/dev.installed ## Check the style and the types only
	@$(RUN) -m ruff check --quiet
	@$(RUN) -m ruff format --check --quiet
	@$(RUN) -m mypy --no-error-summary

format: $(VENV)/dev.installed ## Put the code into its standard form
	@$(RUN) -m ruff check --fix --quiet
	@$(RUN) -m ruff format

notebooks: $(VENV)/dev.installed ## Make lessons, solutions and exercises from their sources
	@$(RUN) -m course_lib release

bench: $(VENV)/dev.installed ## Measure explorers and grading beside their peers, into benchmarks/ (half an hour)
	@$(RUN) -m benchmarks
	@$(RUN) -m benchmarks.grading

accuracy: $(VENV)/peers.installed ## Measure how many digits are right (installs torch and jax, which are large)
	@$(RUN) -m benchmarks.accuracy

speed: $(VENV)/peers.installed ## Measure how long the derivatives take (installs torch and jax, which are large)
	@$(RUN) -m benchmarks.speed

# One stamp for what a learner needs, one for what its tests need, one for what it is measured beside: a second run
# installs nothing.
$(VENV)/core.installed: pyproject.toml | $(RUN)
	@echo "Installing the course into $(VENV) (a minute or two) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev.installed: pyproject.toml | $(RUN)
	@echo "Installing the course and its tests into $(VENV) (a minute or two) ..."
	@$(PIP) --editable ".[dev]"
	@touch $(VENV)/core.installed $@

$(VENV)/peers.installed: pyproject.toml | $(RUN)
	@echo "Installing the course, its tests, torch and jax into $(VENV) (some minutes) ..."
	@$(PIP) --editable ".[dev,peers]"
	@touch $(VENV)/core.installed $(VENV)/dev.installed $@

# The first Python that is new enough, unless PYTHON= names one.
$(RUN):
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 python python3.14 python3.13 python3.12 python3.11); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  "$$python" -c 'import venv, ensurepip' 2>/dev/null || { \
	    echo "$$python cannot make virtual environments; on Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }; \
	  echo "Making $(VENV) with $$("$$python" --version) ..."; \
	  exec "$$python" -m venv --clear $(VENV); \
	done; \
	echo "The course needs Python 3.11 or newer, which $(or $(PYTHON),python3) is not; install it, or name it: make PYTHON=/path/to/python" >&2; \
	exit 1
