"""Builds of the dbt project without Dagster: land what is in the inbox, begin a build, run dbt on it."""

import shutil
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.landing import land_source
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.dbt_build import ensure_manifest, run_dbt
from orchestration.warehouse.prepare import prepare_build

KEY = "a key of the tests only"


@dataclass
class Build:
    """A build file in a home of its own, and what dbt said of it."""

    settings: Settings
    said: list[str] = field(default_factory=list)
    compiled: dict[str, str] = field(default_factory=dict)

    def dbt(self, *arguments: str) -> dict[str, str]:
        """Run dbt on the build file; the status of every node, by its unique id."""
        ensure_manifest(self.settings)
        target = self.settings.warehouse / "dbt" / arguments[0]
        results = run_dbt(self.settings, list(arguments), target, self.said.append).run_results["results"]
        self.compiled = {item["unique_id"]: item["compiled_code"] for item in results}
        return {item["unique_id"]: item["status"] for item in results}

    def connect(self, *, read_only: bool = True) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """The build file, with the layers below the marts as `work`."""
        return opened_build(self.settings, read_only=read_only)

    def copy(self, home: Path) -> "Build":
        """The same build in another home; its views name the files, which keep their names."""
        copied = begun(home)
        shutil.copyfile(self.settings.build_file, copied.settings.build_file)
        shutil.copyfile(self.settings.work_file, copied.settings.work_file)
        return copied


def begun(home: Path) -> Build:
    """A home without a build."""
    settings = Settings(home=home, key_from_environment=KEY)
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    return Build(settings)


def landed(home: Path) -> Build:
    """The build of what lies in `home`/inbox, its raw schema made, nothing built by dbt yet."""
    build = begun(home)
    land(build.settings)
    prepare_build(build.settings)
    return build


def land(settings: Settings) -> None:
    """Land what lies in the inbox."""
    for contract in load_contracts(settings.contracts_dir).values():
        land_source(
            contract,
            inbox=settings.inbox,
            landing=settings.landing,
            quarantine=settings.quarantine,
            vault=settings.vault,
            key=settings.secret_key(),
        )


def not_as(wanted: str, statuses: dict[str, Any]) -> dict[str, Any]:
    """The nodes with another status."""
    return {node: status for node, status in statuses.items() if status != wanted}


def by_kind(statuses: dict[str, Any]) -> Counter[str]:
    """How many nodes of each kind dbt has run."""
    return Counter(unique_id.split(".")[0] for unique_id in statuses)
