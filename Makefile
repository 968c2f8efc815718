# Guia: what one can do here, each in one line. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test torture bench packages pictures clean

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# what Python compiled is kept, as it is in an installed Guia: start-up is half as long
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# the environment is made again when what it is made of changes
MADE := .venv/made-$(shell cat packaging/requirements.lock pyproject.toml | cksum | tr ' ' '-')

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name what; do printf '%-10s %s\n' "$$name" "$$what"; done

$(MADE):
	@packaging/environment.sh
	@touch $@

run: $(MADE) ## start Guia; without a screen, write the sample plan to build/
	@packaging/system.sh run
	@if [[ -z "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ]]; then \
	    mkdir -p build && \
	    $(BIN)/guia sample restaurant > build/sample-restaurant.json && \
	    $(BIN)/guia plan build/sample-restaurant.json --out build/sample-plan.pdf && \
	    echo "There is no screen here, so the plan of a sample restaurant was written instead: build/sample-plan.pdf"; \
	else $(BIN)/guia; fi

test: $(MADE) ## every check: style, types, who may import what, behaviour (a few minutes)
	@packaging/system.sh test
	@$(BIN)/pytest -n 2 --dist worksteal

torture: $(MADE) ## the long hunts for lost answers
	@packaging/system.sh torture
	@$(BIN)/pytest -m torture

bench: $(MADE) ## speed, as ratios measured side by side on this computer
	@packaging/system.sh run
	@$(BIN)/python -m tests.benchmarks

pictures: $(MADE) ## draw the pictures of the README anew
	@$(BIN)/python packaging/pictures.py

packages: $(MADE) ## what can be built on this system, into dist/
	@packaging/system.sh packages
	@$(BIN)/python packaging/build.py

clean: ## remove what make made
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
