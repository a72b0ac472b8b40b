"""Write due scorecards into a staging directory, as pages and as data; nothing is published by that."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestration.crash_points import crash_point
from orchestration.publishing import batch
from orchestration.publishing.files import make_directory
from orchestration.publishing.manifest import SNAPSHOT, read_json
from orchestration.publishing.tables import opened
from orchestration.scorecards.changes import as_data, changes_between
from orchestration.scorecards.index import Entry, entry_of
from orchestration.scorecards.model import Scorecard, content_hash
from orchestration.scorecards.provenance import Provenance
from orchestration.scorecards.read import read_scorecards
from orchestration.scorecards.render import render_scorecard
from orchestration.settings import Settings


@dataclass(frozen=True)
class Task:
    """What is written from where: `version` holds the snapshot, `index` the newest versions by path."""

    version: Path
    settings: Settings
    staging: Path
    grain: str
    provenance: Provenance
    index: Mapping[str, Entry]


@dataclass
class Staged:
    """What became of scorecards: new index entries by path, SHA-256 of the files by directory and name."""

    entries: dict[str, Entry] = field(default_factory=dict)
    written: dict[str, dict[str, str]] = field(default_factory=dict)
    unchanged: int = 0


def stage_audiences(task: Task, audiences: Iterable[str]) -> Staged:
    """Stage every due scorecard of some audiences that does not say the same as its newest version."""
    staged = Staged()
    with opened(task.version / SNAPSHOT, task.settings) as connection:
        for audience in audiences:
            for card in read_scorecards(connection, audience, task.grain):
                _stage(task, card, staged)
    return staged


def _stage(task: Task, card: Scorecard, staged: Staged) -> None:
    content = card.content()
    digest = content_hash(content)
    newest = task.index.get(card.path)
    if newest and newest.content_sha256 == digest:
        staged.unchanged += 1
        return
    entry = entry_of(card, newest.version + 1 if newest else 1, digest)
    scorecards = task.settings.published / batch.FOLDER
    before = read_json(scorecards / newest.directory / "scorecard.json") if newest else None
    changes = changes_between(before, content) if before else []
    data = {
        **content,
        "trend": card.trend_content(),
        "drivers": card.driver_content(),
        "without_data": [english for english, _ in card.context.missing],
        "version": entry.version,
        "content_sha256": digest,
        "changes": as_data(changes),
        "provenance": task.provenance.as_data(),
    }
    pages = {
        "scorecard.html": render_scorecard(card, task.provenance, entry.version, changes),
        "scorecard.json": _json_text(data),
    }
    directory = make_directory(task.staging / "versions" / entry.directory)
    staged.written[entry.directory] = {
        name: write_staged(directory / name, text) for name, text in pages.items()
    }
    staged.entries[card.path] = entry
    crash_point("scorecards: one is staged")


def _json_text(data: dict[str, Any]) -> str:
    """One line per key: readable, and several times as fast to write as indented JSON."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_staged(path: Path, text: str) -> str:
    """Write a file that is synced with all others before they are put in place. Returns its SHA-256."""
    content = text.encode()
    path.write_bytes(content)
    path.chmod(0o644)
    return hashlib.sha256(content).hexdigest()
