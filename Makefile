# Everything a person does with this repository. `make help` lists it.
# It needs git, make and a Python; uv and Python 3.13 are fetched if they are not there.

.DEFAULT_GOAL := help
.PHONY: help setup run grants test test-fast faults lint types imports validate build check-build check bench learn pictures clean distclean FORCE
.SUFFIXES:

export LOCAL ?= .local
UV := $(or $(shell command -v uv),.local/uv/bin/uv)
RUN := $(UV) run --frozen
SAM := PATH="$(CURDIR)/.local/sam/bin:$$PATH" SAM_CLI_TELEMETRY=0 sam
export PATH := $(PATH):$(CURDIR)/.local/uv/bin

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(if $(filter .local/%,$(UV)),$(UV)) ## Make the three environments: ours, SAM's, the engine's
	@test -e .local/engine || echo "Preparing the environments; the first time takes a while ..."
	@$(UV) sync --frozen --quiet
	@UV_PROJECT_ENVIRONMENT=.local/sam $(UV) sync --only-group sam --frozen --quiet
	@UV_PROJECT_ENVIRONMENT=.local/engine $(UV) sync --only-group engine --frozen --quiet

# From another folder, because .python-version may name a Python that pyenv does not have.
.local/uv/bin/uv:
	@echo "Fetching uv into .local/uv ..."
	@cd / && $(or $(shell command -v python3),python) -m venv "$(CURDIR)/.local/uv"
	@.local/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"

run: $(LOCAL)/running ## Run it all on this machine (PORT=8300 AWS_PORT=4566), until Ctrl-C

# The file is there while a run lasts. Make removes it when it is interrupted, which ends the run.
$(LOCAL)/running: setup FORCE
	@.venv/bin/python -m console.run

grants: setup ## Hold what the functions of a local run did against their rights on AWS
	@.venv/bin/python -m grants

test: setup ## Run every test; the local run's take minutes
	$(RUN) pytest -n auto --dist loadgroup

test-fast: setup ## Run all tests that need no engine
	$(RUN) pytest -n auto $(wildcard tests/unit tests/integration tests/journeys tests/template)

faults: setup ## Try a fault at every call and delivery, and tell how many
	$(RUN) pytest tests/faults -n auto

lint: setup ## Check style and format
	$(RUN) ruff check
	$(RUN) ruff format --check

types: setup ## Check types
	$(RUN) mypy

imports: setup ## Check that imports run one way
	$(RUN) lint-imports

validate: setup ## Check the template, and that the dependencies layer is fresh
	scripts/export-dependencies.sh --check
	$(SAM) validate --lint

build: setup ## Build what `sam deploy` deploys, with its bytecode
	PATH="$(CURDIR)/.local/sam/bin:$$PATH" SAM_CLI_TELEMETRY=0 scripts/build.sh

check-build: setup ## Check that the template builds, and that every built handler imports
	scripts/check-build.sh

check: lint types imports check-build ## All checks that run no test

bench: setup ## Measure, each figure beside its floor and its target
	@$(RUN) python -m bench

learn: setup ## Learn anew what texts are like, from tests/data; ACROSS=1 tells how new authors fare
	@UV_PROJECT_ENVIRONMENT=.local/learning $(UV) sync --only-group learning --frozen --quiet
	@PYTHONPATH=. .local/learning/bin/python -m learning $(if $(ACROSS),--across)

pictures: setup ## Take docs/pictures anew, from a run of its own
	$(RUN) python -m tests.browser.pictures

clean: ## Forget the local run's data, and all build output
	@if [ -e $(LOCAL)/running ]; then \
	  pid=$$(cat $(LOCAL)/running); rm -f $(LOCAL)/running; \
	  for _ in $$(seq 150); do kill -0 $$pid 2> /dev/null || break; sleep 0.2; done; \
	fi
	rm -rf $(addprefix $(LOCAL)/,data build build.hash build.toml logs tmp sam-home stack.json) .aws-sam

distclean: clean ## Forget the environments and caches too
	rm -rf .local .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
