"""Settings: where the state lives and what a run is told, read from the environment in this module only."""

import fcntl
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"
SHORTEST_KEY = 16
DBT_VARIABLES = (
    "BUILD_FOLDER",
    "BUILD_MEMORY",
    "BUILD_READ_ONLY",
    "BUILD_SPILL",
)  # set by `expose_build` only
KNOWN_VARIABLES = frozenset(
    f"WAREHOUSE_{name}"
    for name in (
        "HOME",
        "AS_OF",
        "REPORTING_TIME_ZONE",
        "MINIMUM_N",
        "MEMORY",
        "KEY",
        "NOTIFY",
        "CRASH_AT",
        *DBT_VARIABLES,
    )
)
CONTRACTS_DIR = PROJECT_ROOT / "orchestration" / "sources" / "contracts"


READERS = 3  # processes that read a build at the same time


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message says which and what is allowed."""


@dataclass(frozen=True)
class Settings:
    """Directories under `WAREHOUSE_HOME` and the parameters of a run."""

    home: Path
    reporting_time_zone: str = "UTC"
    as_of: datetime | None = None
    minimum_n: int = 5
    memory: str = "4GB"
    key_from_environment: str | None = None
    notify_addresses: tuple[str, ...] = ()
    contracts_dir: Path = CONTRACTS_DIR
    dbt_project_dir: Path = DBT_PROJECT_DIR

    @property
    def reading_memory(self) -> str:
        """What each of those gets that read a build at the same time: tests, suites, hashes and counts."""
        amount, unit = int(self.memory[:-2]), self.memory[-2:]
        return f"{amount * {'GB': 1000, 'MB': 1}[unit] // READERS}MB"

    @property
    def inbox(self) -> Path:
        """Delivered files, one folder per source system; only read, never changed."""
        return self.home / "inbox"

    @property
    def landing(self) -> Path:
        """Immutable Parquet and the manifest of every delivery."""
        return self.home / "landing"

    @property
    def quarantine(self) -> Path:
        """Rows and files that could not be read, with reason and raw text (mode 0600)."""
        return self.home / "quarantine"

    @property
    def vault(self) -> Path:
        """Raw values of direct identifiers, for those who must call a customer back (mode 0600)."""
        return self.home / "vault"

    @property
    def warehouse(self) -> Path:
        """The pipeline's private build file, check results and verdicts."""
        return self.home / "warehouse"

    @property
    def build_file(self) -> Path:
        """The DuckDB file of the marts that dbt builds; nobody but the pipeline opens it."""
        return self.warehouse / "build.duckdb"

    @property
    def work_file(self) -> Path:
        """The DuckDB file of the layers below the marts."""
        return self.warehouse / "work.duckdb"

    @property
    def published(self) -> Path:
        """What readers see."""
        return self.home / "published"

    @property
    def key_file(self) -> Path:
        """The key that was made on first use; not there where `WAREHOUSE_KEY` gives it (mode 0600)."""
        return self.home / "secrets" / "warehouse.key"

    @property
    def dagster_home(self) -> Path:
        """The Dagster instance of `make run` and `make ui`."""
        return self.home / "dagster_home"

    def secret_key(self) -> bytes:
        """The key of pseudonyms and of the audit log: from the environment, or made on first use.

        Returns at least 16 bytes. Raises SettingsError for a shorter key.
        """
        if self.key_from_environment is not None:
            key = self.key_from_environment.encode()
        else:
            path = self.key_file
            if not path.exists():
                _make_key(path)
            key = path.read_bytes().strip()
        if len(key) < SHORTEST_KEY:
            raise SettingsError(
                "WAREHOUSE_KEY must have at least 16 characters; take `openssl rand -hex 32`."
            )
        return key


def _make_key(path: Path) -> None:
    """Put a new key in place, whole or not at all; of two processes that do it at once, one key stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # whoever removes what dead processes left sees that this one lives
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(temporary)
        temporary.unlink()


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; `environment` defaults to the process's own.

    Raises SettingsError naming the variable and what it may hold.
    """
    env = os.environ if environment is None else environment
    as_of_text = env.get("WAREHOUSE_AS_OF")
    try:
        as_of = datetime.fromisoformat(as_of_text) if as_of_text else None
    except ValueError as error:
        raise SettingsError(
            f"WAREHOUSE_AS_OF is {as_of_text!r}; give a UTC stamp like 2026-01-31T00:00:00."
        ) from error
    zone = env.get("WAREHOUSE_REPORTING_TIME_ZONE") or "UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"WAREHOUSE_REPORTING_TIME_ZONE is {zone!r}; give a name of the time-zone database like"
            " Asia/Shanghai."
        ) from error
    minimum_n = env.get("WAREHOUSE_MINIMUM_N") or "5"
    if not minimum_n.isdecimal():
        raise SettingsError(f"WAREHOUSE_MINIMUM_N is {minimum_n!r}; give a whole number like 5.")
    memory = env.get("WAREHOUSE_MEMORY") or Settings.memory
    if not re.fullmatch(r"[1-9]\d*(MB|GB)", memory):
        raise SettingsError(f"WAREHOUSE_MEMORY is {memory!r}; give an amount like 4GB or 900MB.")
    return Settings(
        home=Path(env.get("WAREHOUSE_HOME") or PROJECT_ROOT / "var").resolve(),
        reporting_time_zone=zone,
        as_of=as_of,
        minimum_n=int(minimum_n),
        memory=memory,
        key_from_environment=env.get("WAREHOUSE_KEY") or None,
        notify_addresses=tuple((env.get("WAREHOUSE_NOTIFY") or "").split()),
    )


def unknown_variables(environment: Mapping[str, str] | None = None) -> list[str]:
    """Variables that begin like a setting and are none: as a rule, misspelt ones."""
    env = os.environ if environment is None else environment
    return sorted(name for name in env if name.startswith("WAREHOUSE_") and name not in KNOWN_VARIABLES)


def crash_point_of_environment() -> str | None:
    """The point at which this process is to die, set by tests only (`orchestration/crash_points.py`)."""
    return os.environ.get("WAREHOUSE_CRASH_AT")


def expose_build(
    folder: Path, memory: str = Settings.memory, *, read_only: bool = False, spill: str = "spill"
) -> None:
    """Tell dbt's profile, which reads the environment, where the build's files lie and how to open them."""
    os.environ["WAREHOUSE_BUILD_FOLDER"] = str(folder)
    os.environ["WAREHOUSE_BUILD_MEMORY"] = memory
    os.environ["WAREHOUSE_BUILD_READ_ONLY"] = str(read_only)
    os.environ["WAREHOUSE_BUILD_SPILL"] = spill


def environment_of(home: Path) -> dict[str, str]:
    """This process's environment with another home, for a process that is started on it."""
    return {**os.environ, "WAREHOUSE_HOME": str(home), "DAGSTER_HOME": str(home / "dagster_home")}
