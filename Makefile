# Needs Python 3.11 or newer with venv, and make; everything else is set up below, inside this folder.
PYTHON ?= python3
BIN := .venv/bin
SAM_BIN := .venv-sam/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo up clean-state test test-browser test-emulators lint bench deploy accounts docs lock

help: ## Show what can be typed
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

.venv/ready: requirements/dev.txt
	@echo "Setting up .venv (first time only) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rollcall needs Python 3.11 or newer; this is $$($(PYTHON) --version). Name another with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements/dev.txt
	@touch $@

.venv-sam/ready: requirements/sam.txt .venv/ready
	@echo "Setting up .venv-sam (sam and cfn-lint) ..."
	@$(PYTHON) -m venv .venv-sam
	@$(BIN)/uv pip install --quiet --require-hashes --python $(SAM_BIN)/python -r requirements/sam.txt
	@touch $@

setup: .venv/ready

