"""Publish scorecards from the served snapshot: immutable versions, a new one only for something new."""

import shutil
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.crash_points import crash_point
from orchestration.publishing import audit, batch
from orchestration.publishing.files import PublicationError, publishing_alone
from orchestration.publishing.manifest import SNAPSHOT
from orchestration.publishing.serving import recover
from orchestration.publishing.tables import opened
from orchestration.scorecards.index import Entry, read_index, render_index
from orchestration.scorecards.model import AUDIENCES, GRAINS, Cadence
from orchestration.scorecards.provenance import Provenance, provenance_of, served_version
from orchestration.scorecards.stage import Staged, Task, stage_audiences, write_staged
from orchestration.settings import Settings
from orchestration.warehouse.processes import ProcessDiedError, begin, wait_for

MANY = 50  # scorecards from which on a process beside this one, half a second to start, is worth it
_MOST = """
    select audience from scorecards.rpt_scorecard_periods
    where is_due and period_grain = $grain
    group by audience having count(*) >= $many order by count(*) desc, audience limit 1
"""


@dataclass(frozen=True)
class ScorecardSummary:
    """What one publishing run did; paths lie below `published/scorecards`, `head` goes into notifications."""

    build_id: str
    first_versions: int
    restated: int
    unchanged: int
    newest_executive: str | None
    head: str | None

    @property
    def written(self) -> int:
        """Versions written, first ones and restatements."""
        return self.first_versions + self.restated


@dataclass(frozen=True)
class _Run:
    """What a run wrote, and the index of all scorecards with it."""

    published: Path
    staging: Path
    provenance: Provenance
    index: dict[str, Entry]
    written: dict[str, dict[str, str]]
    unchanged: int


def publish_scorecards(settings: Settings, cadence: Cadence, now: datetime) -> ScorecardSummary:
    """Publish every due scorecard of a cadence from the build that readers see; `now` is an aware stamp.

    Raises PublicationError when no build is served, or the served one is not as it was published.
    """
    published = settings.published
    with publishing_alone(published):
        recover(settings, now)
        version = served_version(published)
        index = read_index(published)
        staging = batch.new_staging(published)
        crash_point("scorecards: begun")
        try:
            with opened(version / SNAPSHOT, settings) as connection:
                provenance = provenance_of(version, connection, now.isoformat(timespec="seconds"))
                here, beside = _shared_out(connection, GRAINS[cadence])
            task = Task(version, settings, staging, GRAINS[cadence], provenance, index)
            run = _merged(task, _staged(task, here, beside))
            line = _commit(settings, run, cadence, now)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return _summary(run, cadence, line)


def _shared_out(connection: duckdb.DuckDBPyConnection, grain: str) -> tuple[list[str], list[str]]:
    """The audiences that this process writes, and the one of which there are many for one beside it."""
    rows = connection.execute(_MOST, {"grain": grain, "many": MANY}).fetchall()
    beside = [audience for (audience,) in rows]
    return [audience for audience in AUDIENCES if audience not in beside], beside


def _staged(task: Task, here: list[str], beside: list[str]) -> list[Staged]:
    """Raises PublicationError when the process beside this one died."""
    if not beside:
        return [stage_audiences(task, here)]
    running = begin("aside", stage_audiences, task, beside)
    try:
        own = stage_audiences(task, here)
    finally:
        wait([running])  # whoever removes the staging directory must be alone with it
    try:
        return [own, wait_for(running)]
    except ProcessDiedError as error:
        raise PublicationError(f"The scorecards were not written: {error}.") from error


def _merged(task: Task, parts: list[Staged]) -> _Run:
    index, written = dict(task.index), {}
    for part in parts:
        index.update(part.entries)
        written.update(part.written)
    unchanged = sum(part.unchanged for part in parts)
    return _Run(task.settings.published, task.staging, task.provenance, index, written, unchanged)


def _commit(settings: Settings, run: _Run, cadence: Cadence, now: datetime) -> audit.Line | None:
    """Put what was staged in place, with a new index and one audit line; nothing when nothing is new."""
    if not run.written and (run.published / batch.FOLDER / "index.html").exists():
        return None
    replaced = {
        name: write_staged(run.staging / "replaced" / name, text)
        for name, text in render_index(run.index.values()).items()
    }
    payload = {"cadence": cadence, "scorecards": run.written, "replaced": replaced}
    return batch.commit(
        run.published, settings.secret_key(), run.staging,
        kind=audit.SCORECARDS_PUBLISHED, build_id=run.provenance.build_id, payload=payload, now=now,
    )  # fmt: skip


def _summary(run: _Run, cadence: Cadence, line: audit.Line | None) -> ScorecardSummary:
    of_cadence = [entry for entry in run.index.values() if entry.grain == GRAINS[cadence]]
    executive = [entry for entry in of_cadence if entry.audience == "executive"]
    newest = max(executive, key=lambda entry: entry.period, default=None)
    restated = sum(not directory.endswith("/v1") for directory in run.written)
    return ScorecardSummary(
        build_id=run.provenance.build_id,
        first_versions=len(run.written) - restated,
        restated=restated,
        unchanged=run.unchanged,
        newest_executive=f"{newest.directory}/scorecard.html" if newest else None,
        head=line.head if line else None,
    )
