"""Where a scorecard's figures come from: the served build, checked before anything is read from it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publishing import audit
from orchestration.publishing.evidence import plain
from orchestration.publishing.files import PublicationError
from orchestration.publishing.gates import GateNote, warnings_of
from orchestration.publishing.manifest import (
    EVIDENCE,
    current_build,
    hashes_of,
    problems_of_version,
    read_json,
    version_directory,
)


@dataclass(frozen=True)
class Source:
    """A source system that delivered something; a stale one stands on the delivery before a rejected one."""

    source_system: str
    data_until: str
    is_stale: bool


@dataclass(frozen=True)
class Provenance:
    """The build behind a scorecard, for its footer and for auditors; stamps are UTC in ISO 8601."""

    build_id: str
    as_of: str
    reporting_time_zone: str
    minimum_n: int
    published_at: str
    manifest_sha256: str
    evidence_sha256: str
    verdicts: dict[str, str]
    warnings: tuple[GateNote, ...]
    sources: tuple[Source, ...]

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it, with the paths of the evidence from `published/`."""
        place = f"versions/{self.build_id}"
        return asdict(self) | {"evidence": f"{place}/evidence.json", "manifest": f"{place}/manifest.json"}


def served_version(published: Path) -> Path:
    """The directory of the build that readers see, verified against its manifest, its evidence and the log.

    Raises PublicationError when nothing is served or the build is not as it was published.
    """
    build_id = current_build(published)
    if build_id is None:
        raise PublicationError("No build is published yet; run refresh_warehouse first.")
    directory = version_directory(published, build_id)
    problems = problems_of_version(directory)
    if not problems and hashes_of(directory).items() - (recorded_hashes(published, build_id)).items():
        problems = ["the audit log does not name its manifest and evidence"]
    if problems:
        raise PublicationError(f"No scorecards from build {build_id}: {'; '.join(problems)}.")
    return directory


def recorded_hashes(published: Path, build_id: str) -> dict[str, Any]:
    """What the audit log says about a build; empty when it says nothing."""
    return dict(audit.manifest_hashes(audit.read(published), build_id) or {})


def provenance_of(directory: Path, connection: duckdb.DuckDBPyConnection, published_at: str) -> Provenance:
    """The provenance of a verified version whose snapshot is open."""
    evidence = read_json(directory / EVIDENCE)
    parameters = evidence["parameters"]
    return Provenance(
        build_id=directory.name,
        as_of=parameters["as_of"],
        reporting_time_zone=parameters["reporting_time_zone"],
        minimum_n=parameters["minimum_n"],
        published_at=published_at,
        **hashes_of(directory),
        verdicts={gate: stored["sha256"] for gate, stored in evidence["gates"].items()},
        warnings=tuple(warnings_of(evidence)),
        sources=tuple(_sources(connection)),
    )


def _sources(connection: duckdb.DuckDBPyConnection) -> list[Source]:
    rows = connection.execute(
        "select source_system, data_until, is_stale from core.dim_sources where has_landed order by all"
    ).fetchall()
    return [Source(name, plain(until), is_stale) for name, until, is_stale in rows]
