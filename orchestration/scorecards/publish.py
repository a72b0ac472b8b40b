"""Publish scorecards from the served snapshot: immutable versions, a new one only for something new."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.publishing import audit, batch
from orchestration.publishing.files import make_directory, publishing_alone
from orchestration.publishing.manifest import SNAPSHOT, read_json
from orchestration.publishing.serving import recover
from orchestration.publishing.tables import opened
from orchestration.scorecards.changes import as_data, changes_between
from orchestration.scorecards.index import Entry, entry_of, read_index, render_index
from orchestration.scorecards.model import AUDIENCES, GRAINS, Cadence, Scorecard, content_hash
from orchestration.scorecards.provenance import Provenance, provenance_of, served_version
from orchestration.scorecards.read import read_scorecards
from orchestration.scorecards.render import render_scorecard
from orchestration.settings import Settings


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


@dataclass
class _Run:
    """What a run works with: where it writes, what is published already, what it wrote so far."""

    published: Path
    staging: Path
    provenance: Provenance
    index: dict[str, Entry]
    written: dict[str, dict[str, str]]
    unchanged: int = 0


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
        try:
            with opened(version / SNAPSHOT) as connection:
                provenance = provenance_of(version, connection, now.isoformat(timespec="seconds"))
                run = _Run(published, staging, provenance, index, {})
                for audience in AUDIENCES:
                    for card in read_scorecards(connection, audience, GRAINS[cadence]):
                        _stage(run, card)
            line = _commit(settings, run, cadence, now)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return _summary(run, cadence, line)


def _stage(run: _Run, card: Scorecard) -> None:
    """Write a scorecard into the staging directory, unless its newest version says the same."""
    content = card.content()
    digest = content_hash(content)
    newest = run.index.get(card.path)
    if newest and newest.content_sha256 == digest:
        run.unchanged += 1
        return
    entry = entry_of(card, newest.version + 1 if newest else 1, digest)
    before = read_json(run.published / batch.FOLDER / newest.directory / "scorecard.json") if newest else None
    changes = changes_between(before, content) if before else []
    data = {
        **content,
        "trend": card.trend_content(),
        "drivers": card.driver_content(),
        "without_data": [english for english, _ in card.context.missing],
        "version": entry.version,
        "content_sha256": digest,
        "changes": as_data(changes),
        "provenance": run.provenance.as_data(),
    }
    pages = {
        "scorecard.html": render_scorecard(card, run.provenance, entry.version, changes),
        "scorecard.json": _json_text(data),
    }
    directory = make_directory(run.staging / "versions" / entry.directory)
    run.written[entry.directory] = {name: _write(directory / name, text) for name, text in pages.items()}
    run.index[card.path] = entry


def _json_text(data: dict[str, Any]) -> str:
    """One line per key: readable, and several times as fast to write as indented JSON."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _commit(settings: Settings, run: _Run, cadence: Cadence, now: datetime) -> audit.Line | None:
    """Put what was staged in place, with a new index and one audit line; nothing when nothing is new."""
    if not run.written and (run.published / batch.FOLDER / "index.html").exists():
        return None
    replaced = {
        name: _write(run.staging / "replaced" / name, text)
        for name, text in render_index(run.index.values()).items()
    }
    payload = {"cadence": cadence, "scorecards": run.written, "replaced": replaced}
    return batch.commit(
        run.published, settings.secret_key(), run.staging,
        kind=audit.SCORECARDS_PUBLISHED, build_id=run.provenance.build_id, payload=payload, now=now,
    )  # fmt: skip


def _write(path: Path, text: str) -> str:
    """Write a staged file; it is synced with all others before they are put in place. Returns its SHA-256."""
    content = text.encode()
    path.write_bytes(content)
    path.chmod(0o644)
    return hashlib.sha256(content).hexdigest()


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
