"""Publish a build: a snapshot of its marts, verified, with its evidence, served by one atomic step."""

import json
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.crash_points import crash_point
from orchestration.publishing.build_copy import RequireVerdict, copy_build, require_gates, verify_parquet
from orchestration.publishing.evidence import collect_evidence
from orchestration.publishing.files import (
    TEMPORARY_PREFIX,
    PublicationError,
    make_directory,
    make_readable,
    publishing_alone,
    sync,
    sync_all,
    write_synced,
)
from orchestration.publishing.manifest import (
    EVIDENCE,
    PAGE,
    SNAPSHOT,
    problems_of_version,
    version_directory,
    write_manifest,
)
from orchestration.publishing.page import render_build_page
from orchestration.publishing.serving import BUILDS_KEPT, recover, retire_old_builds, serve
from orchestration.publishing.tables import Table
from orchestration.quality.hashing import TableHash
from orchestration.settings import Settings


@dataclass(frozen=True)
class Publication:
    """What readers see now; `is_new` is False when it was served already. `head` goes into notifications."""

    build_id: str
    directory: Path
    is_new: bool
    head: str
    rows: dict[str, int]


def publish_snapshot(
    settings: Settings,
    *,
    build_id: str,
    run_id: str,
    require: RequireVerdict,
    code_version: str,
    now: datetime,
    signed_off_by: str | None = None,
    builds_kept: int = BUILDS_KEPT,
) -> Publication:
    """Publish the build file's marts as build `build_id`; `now` is an aware stamp.

    Raises what `require` raises for a build without passing verdicts, and PublicationError when the copy is
    not what was judged; the last good publication is then served as before.
    """
    directory = version_directory(settings.published, build_id)
    with publishing_alone(settings.published):
        recover(settings, now)
        crash_point("publication: begun")
        if directory.exists():
            judged = require_gates(settings, require, build_id, directory / SNAPSHOT)
        else:
            with _new_version(directory, settings.published) as temporary:
                copy_build(settings, temporary)
                crash_point("publication: copied")
                judged = require_gates(settings, require, build_id, temporary / SNAPSHOT)
                verify_parquet(settings, temporary)
                crash_point("publication: copies compared")
                evidence = collect_evidence(
                    settings, build_id=build_id, run_id=run_id, code_version=code_version,
                    signed_off_by=signed_off_by, now=now, tables=judged,
                )  # fmt: skip
                _describe(temporary, build_id, judged, evidence)
        _require_unchanged(directory)
        crash_point("publication: before it is served")
        line, is_new = serve(settings, build_id, run_id, now)
        crash_point("publication: before old builds are retired")
        retired = retire_old_builds(settings, now, builds_kept) if is_new else None
    rows = {str(table): mark.rows for table, mark in judged.items()}
    return Publication(build_id, directory, is_new, (retired or line).head, rows)


@contextmanager
def _new_version(directory: Path, published: Path) -> Iterator[Path]:
    """A temporary directory that becomes `directory` in one step, complete, or leaves nothing behind."""
    temporary = make_directory(published / f"{TEMPORARY_PREFIX}{uuid.uuid4().hex}")
    try:
        yield temporary
        make_readable(temporary)
        sync_all([*temporary.rglob("*"), temporary])
        make_directory(directory.parent)
        crash_point("publication: before the version is renamed")
        temporary.rename(directory)
        crash_point("publication: after the version is renamed")
        sync(directory.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _describe(
    directory: Path, build_id: str, judged: Mapping[Table, TableHash], evidence: Mapping[str, Any]
) -> None:
    write_synced(directory / EVIDENCE, json.dumps(evidence, indent=2, ensure_ascii=False) + "\n")
    write_synced(directory / PAGE, render_build_page(evidence))
    crash_point("publication: before its manifest")
    write_manifest(directory, build_id, judged)


def _require_unchanged(directory: Path) -> None:
    if problems := problems_of_version(directory):
        raise PublicationError(
            f"{directory} has changed since it was published ({'; '.join(problems)});"
            " move it away and run again."
        )
