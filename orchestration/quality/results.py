"""Results of checks, kept in one JSON file per build and producer, for a gate to judge what others ran."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from orchestration.quality.files import read_json, write_json
from orchestration.quality.suite import Severity

__all__ = [
    "CheckResult",
    "ResultFile",
    "Severity",
    "Status",
    "add_results",
    "parse_results",
    "read_results",
    "results_path",
    "write_results",
]

Status = Literal["passed", "failed", "crashed", "no_data", "skipped"]


@dataclass(frozen=True)
class CheckResult:
    """What one check found; `detail` holds counts, never a value of the data.

    `no_data` passes: there was nothing to judge, and nothing was due. `crashed` and `skipped` checks found
    nothing, so they never pass. `rows_seen` of `rows_total` rows were looked at; null where the check's
    engine does not say.
    """

    table: str
    check: str
    severity: Severity
    status: Status
    detail: str = ""
    rows_seen: int | None = None
    rows_total: int | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against the data."""
        return self.status in ("passed", "no_data")


@dataclass(frozen=True)
class ResultFile:
    """All results of one producer for one build."""

    build_id: str
    producer: str
    run_id: str
    results: tuple[CheckResult, ...]


def results_path(warehouse_dir: Path, build_id: str, producer: str) -> Path:
    """Where a producer's results of a build lie."""
    return warehouse_dir / "checks" / build_id / f"{producer}.json"


def write_results(
    warehouse_dir: Path, build_id: str, producer: str, run_id: str, results: Sequence[CheckResult]
) -> Path:
    """Replace the producer's results of this build, atomically; returns the file."""
    path = results_path(warehouse_dir, build_id, producer)
    write_json(path, asdict(ResultFile(build_id, producer, run_id, tuple(results))))
    return path


def add_results(
    warehouse_dir: Path, build_id: str, producer: str, run_id: str, results: Sequence[CheckResult]
) -> Path:
    """Replace the results of the tables that `results` is about, and keep the other tables' of the same run.

    For producers that run one suite per step. Results of an earlier run of the same build do not survive.
    """
    tables = {result.table for result in results}
    known = read_results(warehouse_dir, build_id, producer)
    kept = [r for r in known.results if r.table not in tables] if known and known.run_id == run_id else []
    return write_results(warehouse_dir, build_id, producer, run_id, [*kept, *results])


def read_results(warehouse_dir: Path, build_id: str, producer: str) -> ResultFile | None:
    """The producer's results of this build; None where it never wrote any.

    Raises StoredFileError for a file that is damaged.
    """
    path = results_path(warehouse_dir, build_id, producer)
    return read_json(path, parse_results) if path.exists() else None


def parse_results(payload: dict[str, object]) -> ResultFile:
    """A result file from its JSON object; raises KeyError or TypeError for a missing or unknown field."""
    results = payload["results"]
    if not isinstance(results, list):
        raise TypeError("results is not a list")
    return ResultFile(
        build_id=str(payload["build_id"]),
        producer=str(payload["producer"]),
        run_id=str(payload["run_id"]),
        results=tuple(CheckResult(**result) for result in results),
    )
