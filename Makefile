# Needs Python 3.11 or newer with venv, and make; everything else is set up below, inside this folder.
PYTHON ?= python3
BIN := .venv/bin
SAM_BIN := $(CURDIR)/.venv-sam/bin
ONCE ?=
# Serverless rules that are not asked, as tests of the template see to the same: ES6000 wants a dead-letter queue for each
# dead-letter queue too, WS1004 knows only log groups that are named after their function. ES1007 and ES4000: the tick that
# fails is made up for by the next, so it needs no dead letters. ES7000: a mail that SNS cannot deliver is nobody's to replay.
SERVERLESS_EXCEPTIONS := ES6000 WS1004 ES1007 ES4000 ES7000
# The sources of the layer: mypy, pytest and the scripts find them here, Lambda under /opt/python.
export PYTHONPATH := $(CURDIR):$(CURDIR)/layers/common
# Two workers, each with whole modules, in the order of tests/conftest.py: the longest first.
TWO := -n 2 --dist loadfile --no-loadscope-reorder
# Compiled modules are kept, whatever the shell says: else each of a hundred processes compiles a thousand of them anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo up accounts clean-state test test-thorough test-exhaustive test-browser test-built test-emulators lint style typecheck pages template scan sam-build deploy smoke-aws sam-local policies bench docs lock

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

setup: .venv/ready ## Set up the environment that the other commands use

demo: .venv/ready ## Watch a file of phones go through; ONCE=1 plays the whole story and stops
	@$(BIN)/python -m local.demo $(if $(ONCE),--once)

up: .venv/ready ## Run the local stack until Ctrl-C
	@$(BIN)/python -m local.up

deploy: .venv/ready .venv-sam/ready ## Deploy to AWS; asks the first time. ENV=prod, GUIDED=1 to be asked again, DRY=1 to see only
	@$(BIN)/python -m ops.deploy --sam $(SAM_BIN)/sam $(if $(ENV),--environment $(ENV)) $(if $(GUIDED),--guided) $(if $(DRY),--dry-run)

smoke-aws: .venv/ready ## Check on a real account what emulators hide; says first what it costs. ENV=prod
	@$(BIN)/python -m ops.smoke $(if $(ENV),--environment $(ENV))

sam-local: .venv/ready .venv-sam/ready ## Run functions in containers with sam, against moto; ONCE=1 walks a file through and stops
	@SAM=$(SAM_BIN)/sam $(BIN)/python -m local.sam_local $(if $(ONCE),--once)

policies: .venv/ready ## Take each right of the functions away in turn, and see a test fail; FUNCTIONS="Tick Notify" for some
	@$(BIN)/python -m tests.policies $(FUNCTIONS)

accounts: .venv/ready ## Apply an accounts file: FILE=local/directory.yaml; PRUNE=1 takes out who is not in it; STACK=name for AWS
	@$(BIN)/python -m ops.accounts $(or $(FILE),local/directory.yaml) $(if $(PRUNE),--prune) $(if $(STACK),--stack $(STACK),--stack-json $(or $(ROLLCALL_STATE),.local)/stack.json)

clean-state: ## Forget everything the local stack has kept
	@rm -rf "$(or $(ROLLCALL_STATE),.local)"

test: .venv/ready ## Run the tests
	@$(BIN)/python -m pytest -q $(TWO) -m "not browser and not emulators and not thorough"

test-thorough: .venv/ready ## Run the tests that take long
	@$(BIN)/python -m pytest -q $(TWO) --durations=25 -m thorough

# Modules that import tests.exhaustive.
EXHAUSTIVE := $(addprefix tests/,contract/test_list_costs_large.py scenario/test_api_fuzzed.py scenario/test_every_call.py scenario/test_not_yours.py browser/test_uploads_by_hand.py)

test-exhaustive: .venv/browser-ready ## Try whole what a landing tries some of: each call that may fail, every role, 100,000 devices; takes forty minutes
	@ROLLCALL_EXHAUSTIVE=1 $(BIN)/python -m pytest -q $(TWO) $(EXHAUSTIVE)

.venv/browser-ready: requirements/browser.txt .venv/ready
	@$(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements/browser.txt
	@touch $@

test-browser: .venv/browser-ready ## Run the tests that need Chromium (Debian: apt-get install chromium)
	@command -v chromium chromium-browser google-chrome >/dev/null || { echo "These tests need Chromium; on Debian: apt-get install chromium fonts-noto-color-emoji" >&2; exit 1; }
	@$(BIN)/python -m pytest -q $(TWO) -m browser tests/browser

test-built: .venv/ready sam-build ## Run the tests of the local stack on what sam has built
	@ROLLCALL_BUILD=.aws-sam/build $(BIN)/python -m pytest -q $(TWO) -m stack tests/scenario tests/contract

test-emulators: .venv/ready ## Run the tests that need engines from npm
	@$(BIN)/python -m pytest -q -m emulators tests/emulators

lint: style typecheck pages template scan ## Check style, types, docs and the template

style: .venv/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

typecheck: .venv/ready
	@$(BIN)/mypy

pages: .venv/ready
	@$(BIN)/python -m ops.docs --check errors features costs openapi parameters decisions

# The serverless rules come on top of cfn-lint's own.
template: .venv-sam/ready
	@SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-central-1 $(SAM_BIN)/sam validate --lint
	@$(SAM_BIN)/cfn-lint -a cfn_lint_serverless.rules -i $(SERVERLESS_EXCEPTIONS) -- template.yaml

.venv-scan/ready: requirements/scan.txt .venv/ready
	@echo "Setting up .venv-scan (checkov) ..."
	@$(PYTHON) -m venv .venv-scan
	@$(BIN)/uv pip install --quiet --require-hashes --python .venv-scan/bin/python -r requirements/scan.txt
	@touch $@

scan: .venv-scan/ready ## Look for what weakens the template's security; .checkov.yaml has the exceptions with their reasons
	@.venv-scan/bin/checkov -f template.yaml --config-file .checkov.yaml

sam-build: .venv-sam/ready ## Build the bundles with sam, for the Python that is here
	@SAM_CLI_TELEMETRY=0 $(SAM_BIN)/sam build --parameter-overrides PythonRuntime=python$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

bench: .venv/ready ## Measure, as ratios within one run
	@$(BIN)/python -m tests.bench

docs: .venv/ready ## Write the pages of docs/ that come from code
	@$(BIN)/python -m ops.docs errors features costs openapi parameters decisions

lock: .venv/ready ## Lock the requirements anew
	@for name in dev sam scan browser; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/$$name.in -o requirements/$$name.txt; done
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/layer.in -c requirements/dev.txt -o layers/common/requirements.txt
