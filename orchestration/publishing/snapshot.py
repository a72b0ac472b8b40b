"""Publish a build: a snapshot of its marts, verified, with its evidence, served by one atomic step."""

import json
import shutil
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration.publishing.build_copy import RequireVerdict, copy_build, require_gates, verify_copy
from orchestration.publishing.evidence import collect_evidence
from orchestration.publishing.files import (
    TEMPORARY_PREFIX,
    PublicationError,
    make_directory,
    make_readable,
    publishing_alone,
    sync,
    write_synced,
)
from orchestration.publishing.manifest import (
    EVIDENCE,
    PAGE,
    SNAPSHOT,
    problems_of_version,
    read_json,
    version_directory,
    write_manifest,
)
from orchestration.publishing.page import render_build_page
from orchestration.publishing.serving import BUILDS_KEPT, recover, retire_old_builds, serve
from orchestration.publishing.tables import attached, opened
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

    Raises what `require` raises for a build without passing verdicts, and PublicationError when the copy is not
    what was judged; the last good publication is then served as before.
    """
    directory = version_directory(settings.published, build_id)
    with publishing_alone(settings.published):
        recover(settings, now)
        if not directory.exists():
            _make_version(
                settings, directory, run_id=run_id, require=require,
                code_version=code_version, signed_off_by=signed_off_by, now=now,
            )  # fmt: skip
        elif problems := problems_of_version(directory):
            raise PublicationError(
                f"{directory} has changed since it was published ({'; '.join(problems)});"
                " move it away and run again."
            )
        else:
            with opened(directory / SNAPSHOT) as connection:
                require_gates(settings, require, build_id, connection)
        line, is_new = serve(settings, build_id, run_id, now)
        retired = retire_old_builds(settings, now, builds_kept) if is_new else None
        tables = read_json(directory / "manifest.json")["tables"]
        head = (retired or line).head
        rows = {name: mark["rows"] for name, mark in tables.items()}
        return Publication(build_id, directory, is_new, head, rows)


def _make_version(
    settings: Settings,
    directory: Path,
    *,
    run_id: str,
    require: RequireVerdict,
    code_version: str,
    signed_off_by: str | None,
    now: datetime,
) -> None:
    build_id = directory.name
    temporary = make_directory(settings.published / f"{TEMPORARY_PREFIX}{uuid.uuid4().hex}")
    try:
        tables = copy_build(settings.build_file, temporary)
        verify_copy(settings, temporary, build_id, require, tables)
        with attached(settings.build_file) as (connection, catalog):
            evidence = collect_evidence(
                connection, catalog, settings=settings, build_id=build_id, run_id=run_id,
                code_version=code_version, signed_off_by=signed_off_by, now=now, tables=tables,
            )  # fmt: skip
        write_synced(temporary / EVIDENCE, json.dumps(evidence, indent=2, ensure_ascii=False) + "\n")
        write_synced(temporary / PAGE, render_build_page(evidence))
        write_manifest(temporary, build_id, tables)
        make_readable(temporary)
        for path in [*temporary.rglob("*"), temporary]:
            sync(path)
        make_directory(directory.parent)
        temporary.rename(directory)
        sync(directory.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
