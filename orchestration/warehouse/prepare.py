"""Begin a build: private files, new or continued, that see exactly the current deliveries and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path

import duckdb

from orchestration.crash_points import crash_point
from orchestration.governance.register import register_weights
from orchestration.publishing.tables import opened
from orchestration.quality.verdict import GateName, GateRefused, require
from orchestration.settings import Settings
from orchestration.sources.contract import SourceContract, load_contracts
from orchestration.sources.landing_checks import landing_checks
from orchestration.sources.manifest import Delivery, current_by_table, latest_data_until, read_deliveries
from orchestration.sources.raw_schema import register_raw
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.identity import build_id, code_fingerprint
from orchestration.warehouse.increment import (
    Wish,
    changes_since,
    foundation,
    register_increment,
    remember,
)

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - stamps in the warehouse are UTC without a zone


@dataclass(frozen=True)
class BuildParameters:
    """What identifies a build: its id, the stamp (UTC) it looks at the data from, the code's fingerprint."""

    build_id: str
    as_of: datetime
    code_fingerprint: str


@cache
def contracts_in(folder: Path) -> dict[str, SourceContract]:
    """The contracts of a folder, read once per process."""
    return load_contracts(folder)


def build_parameters(settings: Settings) -> BuildParameters:
    """The parameters of the build that the present landing and code give.

    `as_of` is the latest stamp that the sources' data reach, unless set; with nothing landed it is the epoch.
    """
    deliveries = read_deliveries(settings.landing)
    return _parameters_of(
        settings, deliveries, current_by_table(contracts_in(settings.contracts_dir), deliveries)
    )


def _parameters_of(
    settings: Settings, deliveries: list[Delivery], current: Mapping[str, list[Delivery]]
) -> BuildParameters:
    as_of = settings.as_of or latest_data_until(chain.from_iterable(current.values())) or EPOCH
    code = code_fingerprint()
    return BuildParameters(build_id(settings, deliveries, as_of, code), as_of, code)


def prepare_build(settings: Settings, wish: Wish | None = None) -> BuildParameters:
    """Begin a build in the build's files; the caller holds the writer lock.

    The last complete build is continued when it was made by the same code; otherwise, and for a full refresh,
    the files are made anew.
    """
    contracts, deliveries = contracts_in(settings.contracts_dir), read_deliveries(settings.landing)
    current = current_by_table(contracts, deliveries)
    parameters = _parameters_of(settings, deliveries, current)
    settings.warehouse.mkdir(parents=True, exist_ok=True, mode=0o700)
    found_on = foundation(settings, parameters.code_fingerprint)
    wish = wish or Wish()
    changes = None if wish.full_refresh else changes_since(settings, found_on, contracts, current)
    if changes is None:
        _empty_files(settings)
    with opened_build(settings, read_only=False) as connection:
        if changes is not None:
            remember(connection)
        register_raw(
            connection,
            contracts,
            settings.landing,
            build_id=parameters.build_id,
            as_of=parameters.as_of,
            reporting_time_zone=settings.reporting_time_zone,
            minimum_n=settings.minimum_n,
        )
        crash_point("build: half of the raw schema is there")
        register_increment(connection, current, changes, wish)
        register_weights(connection, settings.dbt_project_dir / "seeds")
    return parameters


def _empty_files(settings: Settings) -> None:
    for file in (settings.build_file, settings.work_file):
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
        crash_point("build: the old build file is gone")
        duckdb.connect(str(file)).close()
        file.chmod(0o600)


def build_id_in(connection: duckdb.DuckDBPyConnection) -> str:
    """The id of the build that a connection to the build file sees."""
    row = connection.execute("select build_id from raw.run_parameters").fetchone()
    assert row is not None
    return str(row[0])


def require_current_build(settings: Settings, *, gate: GateName | None) -> str:
    """The id of the build in the build file, when it is the one that the present landing and code give.

    With `gate`, that gate must have passed for it. Raises GateRefused with the reason in one sentence.
    """
    refuse_red_landing(settings)
    if not settings.build_file.exists():
        raise GateRefused("There is no build yet: run refresh_warehouse.")
    with opened(settings.build_file, settings) as connection:
        found = build_id_in(connection)
    due = build_parameters(settings).build_id
    if found != due:
        raise GateRefused(
            f"The build {found} is not of what is landed and coded now ({due}): run refresh_warehouse."
        )
    if gate is not None:
        with opened(settings.build_file, settings) as connection:
            require(settings.warehouse, gate, found, connection)
    return found


def refuse_red_landing(settings: Settings) -> None:
    """Raise GateRefused with the first landing check that blocks, such as a source below its minimum."""
    contracts = contracts_in(settings.contracts_dir)
    for check in landing_checks(contracts, settings.landing, key=settings.secret_key()):
        if check.severity == "critical" and not check.passed:
            raise GateRefused(f"raw.{check.table}: {check.check_name} failed: {check.detail}.")
