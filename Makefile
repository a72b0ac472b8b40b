# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WAREHOUSE_HOME ?= $(CURDIR)/var
TICKETS ?= 30000 100000
SEEDS ?= 100
export WAREHOUSE_HOME
export DAGSTER_HOME := $(WAREHOUSE_HOME)/dagster_home
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

.PHONY: run test chaos ui verify bench doctor backup restore retention docs install clean

run: install  ## Land, build, gate and publish; a demo company is made when the inbox is empty
	@$(BIN)/python -m orchestration run

test: install  ## Everything that CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 dbt_project
	$(BIN)/pytest -n 2 --dist loadgroup

chaos: install  ## Whole runs killed, doubled and starved at random (SEEDS=100); hours
	$(BIN)/pytest -m chaos -s --seeds $(SEEDS) tests/chaos

ui: install  ## Dagster on 127.0.0.1:3000
	@$(BIN)/python -m orchestration prepare
	@$(BIN)/python -m orchestration recover
	$(BIN)/dagster dev -w workspace.yaml -h 127.0.0.1 -p 3000

bench: install  ## Measure the job, its floor, its start and its readers (TICKETS="30000 100000")
	@$(BIN)/python -m orchestration.bench --tickets $(TICKETS) --json $(WAREHOUSE_HOME)/bench.json

verify: install  ## Check the audit chain and every published file
	@$(BIN)/python -m orchestration.publishing verify

doctor: install  ## Check machine, home and configuration, and say how to mend each fault
	@$(BIN)/python -m orchestration doctor

backup: install  ## Back the home up: make backup FILE=/somewhere/2026-01-31.tar.gz
	@$(BIN)/python -m orchestration backup "$(FILE)"

restore: install  ## Fill an empty home from a backup: WAREHOUSE_HOME=/new make restore FILE=...
	@$(BIN)/python -m orchestration restore "$(FILE)"

retention: install  ## Say what is past its days; python -m orchestration retention --apply removes it
	@$(BIN)/python -m orchestration retention

docs: install  ## Write docs/kpis.md and docs/sources.md anew
	@$(BIN)/python -m orchestration docs

install: $(VENV)/installed

$(VENV)/installed: requirements.lock
	@echo "Installing the locked environment into $(VENV) (once, a few minutes)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m orchestration prepare
	@touch $@

clean:  ## Remove the state of the default home (the environment stays)
	rm -rf var dbt_project/target dbt_project/logs
