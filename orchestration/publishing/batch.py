"""Publish many directories as one: staged with their audit line first, so a crash is rolled forward."""

import json
import shutil
import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.crash_points import crash_point
from orchestration.publishing import audit
from orchestration.publishing.files import (
    TEMPORARY_PREFIX,
    PublicationError,
    make_directory,
    sync,
    sync_all,
    write_synced,
)

READY = "ready.json"
FOLDER = "scorecards"


def new_staging(published: Path) -> Path:
    """An empty staging directory: `versions/<path>/` become directories, `replaced/<name>` replace files."""
    staging = make_directory(published / FOLDER) / f"{TEMPORARY_PREFIX}{uuid.uuid4().hex}"
    for name in ("versions", "replaced"):
        make_directory(staging / name)
    return staging


def commit(
    published: Path,
    key: bytes,
    staging: Path,
    *,
    kind: str,
    build_id: str,
    payload: Mapping[str, Any],
    now: datetime,
) -> audit.Line:
    """Put a filled staging directory in place; `payload["scorecards"]` names its parts with their hashes."""
    sync_all([*staging.rglob("*"), staging])
    fields = {"kind": kind, "build_id": build_id, "payload": dict(payload)}
    fields["signature"] = audit.sign(key, fields)
    unfinished = staging / f"{TEMPORARY_PREFIX}{READY}"
    write_synced(unfinished, audit.canonical(fields))
    crash_point("scorecards: staged, not ready")
    unfinished.rename(staging / READY)
    crash_point("scorecards: ready, nothing in place")
    sync(staging)
    return _put_in_place(published, key, staging, now)


def recover_batches(published: Path, key: bytes, now: datetime) -> None:
    """Finish the batches of dead runs that were ready, remove the others; only for the holder of the lock."""
    for staging in sorted((published / FOLDER).glob(f"{TEMPORARY_PREFIX}*")):
        if (staging / READY).exists():
            _put_in_place(published, key, staging, now)
        elif staging.is_dir():
            shutil.rmtree(staging)
        else:
            staging.unlink()


def _put_in_place(published: Path, key: bytes, staging: Path, now: datetime) -> audit.Line:
    fields = json.loads((staging / READY).read_text(encoding="utf-8"))
    if fields.get("signature") != audit.sign(key, fields):
        raise PublicationError(f"{staging} was made with another key; move it away and run again.")
    parents: set[Path] = set()
    for name in fields["payload"]["scorecards"]:
        source, target = staging / "versions" / name, published / FOLDER / name
        if source.exists():
            make_directory(target.parent)
            source.rename(target)
            crash_point("scorecards: one version in place")
            parents.update((target.parent, target.parent.parent))
    crash_point("scorecards: versions in place, the index is not")
    for path in sorted((staging / "replaced").iterdir()):
        path.replace(published / FOLDER / path.name)
    sync_all(parents | {published / FOLDER})
    crash_point("scorecards: in place, not in the log")
    line = _logged(published, fields) or audit.append(
        published, key, kind=fields["kind"], now=now, build_id=fields["build_id"], payload=fields["payload"]
    )
    crash_point("scorecards: in the log, staging left")
    shutil.rmtree(staging)
    return line


def _logged(published: Path, fields: Mapping[str, Any]) -> audit.Line | None:
    """The line of this batch, if the dead run lived long enough to write it."""
    lines = audit.read(published)
    if not lines or (lines[-1].kind, lines[-1].payload) != (fields["kind"], fields["payload"]):
        return None
    return lines[-1]
