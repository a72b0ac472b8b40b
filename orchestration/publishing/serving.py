"""Which build readers see: the `current` link, its audit line, going back, and clearing up after crashes."""

import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.crash_points import crash_point
from orchestration.publishing import audit
from orchestration.publishing.batch import recover_batches
from orchestration.publishing.files import (
    TEMPORARY_PREFIX,
    PublicationError,
    make_directory,
    point_link,
    publishing_alone,
    remove_temporary,
)
from orchestration.publishing.manifest import (
    EVIDENCE,
    MANIFEST,
    PAGE,
    SNAPSHOT,
    current_build,
    hashes_of,
    problems_of_version,
    version_directory,
)
from orchestration.settings import Settings

BUILDS_KEPT = 5
FIXED_NAMES = (SNAPSHOT, "parquet", PAGE)


def serve(settings: Settings, build_id: str, run_id: str, now: datetime) -> tuple[audit.Line, bool]:
    """Let readers see a build whose directory is in place; returns its audit line and whether that is new."""
    published = settings.published
    lines = audit.read(published)
    if current_build(published) == audit.served_build(lines) == build_id:
        _point_fixed_names(published)
        return next(line for line in reversed(lines) if line.build_id == build_id), False
    known = audit.manifest_hashes(lines, build_id)
    point_link(published / "current", f"versions/{build_id}")
    _point_fixed_names(published)
    crash_point("publication: served, not in the log")
    kind = audit.BUILD_PUBLISHED if known is None else audit.BUILD_RESTORED
    return _log(settings, kind, build_id, now, {"run_id": run_id}), True


def roll_back(settings: Settings, build_id: str, now: datetime) -> audit.Line:
    """Serve an earlier build again. Raises PublicationError when it changed since, or is served already."""
    published = settings.published
    with publishing_alone(published):
        recover(settings, now)
        directory = version_directory(published, build_id)
        recorded = audit.manifest_hashes(audit.read(published), build_id)
        if recorded is None or not directory.exists():
            raise PublicationError(f"Build {build_id} cannot be served; `list` shows the builds that can.")
        if build_id == current_build(published):
            raise PublicationError(f"Build {build_id} is served now; nothing to do.")
        problems = problems_of_version(directory)
        if problems or hashes_of(directory).items() - recorded.items():
            raise PublicationError(f"Build {build_id} has changed: {'; '.join(problems) or MANIFEST}.")
        point_link(published / "current", f"versions/{build_id}")
        crash_point("rollback: served, not in the log")
        return _log(settings, audit.ROLLED_BACK, build_id, now, {})


def recover(settings: Settings, now: datetime) -> None:
    """Finish or undo what a dead run left; only for the holder of the lock."""
    published = settings.published
    for directory in (published, published / "versions"):
        remove_temporary(directory)
    audit.repair_torn_line(published)
    recover_batches(published, settings.secret_key(), now)
    lines, served = audit.read(published), current_build(published)
    retired = sorted(audit.retired_builds(lines) - {served})
    _archive(published, (name for name in retired if version_directory(published, name).exists()))
    if served is None or served == audit.served_build(lines):
        return
    # The run died between the swap and its audit line. One that has changed gets no line.
    if not problems_of_version(version_directory(published, served)):
        kind = audit.BUILD_PUBLISHED if audit.manifest_hashes(lines, served) is None else audit.ROLLED_BACK
        _log(settings, kind, served, now, {"recovered": True})


def retire_old_builds(settings: Settings, now: datetime, builds_kept: int = BUILDS_KEPT) -> audit.Line | None:
    """Remove the builds that were served longest ago; their evidence and manifests stay in `retired/`.

    The line is written first: of a run that dies here, `recover` removes the rest.
    """
    published = settings.published
    served = [line.build_id for line in reversed(audit.read(published)) if line.kind in audit.SERVING_KINDS]
    kept = list(dict.fromkeys(served))[: max(builds_kept, 1)]  # the first is the served one
    old = sorted(path.name for path in (published / "versions").iterdir() if path.name not in kept)
    if not old:
        return None
    line = audit.append(
        published, settings.secret_key(), kind=audit.BUILDS_RETIRED, now=now,
        build_id=current_build(published) or "", payload={"builds": old},
    )  # fmt: skip
    crash_point("retirement: logged, nothing removed")
    _archive(published, old)
    return line


def _archive(published: Path, builds: Iterable[str]) -> None:
    for build_id in builds:
        directory = version_directory(published, build_id)
        archive = make_directory(published / "retired" / build_id)
        for name in (MANIFEST, EVIDENCE):
            shutil.copyfile(directory / name, archive / name)
        removed = directory.with_name(f"{TEMPORARY_PREFIX}{build_id}")
        crash_point("retirement: archived, not removed")
        directory.rename(removed)
        crash_point("retirement: renamed, not removed")
        shutil.rmtree(removed)


def _point_fixed_names(published: Path) -> None:
    for name in FIXED_NAMES:
        if not (published / name).is_symlink() or (published / name).readlink() != Path("current", name):
            point_link(published / name, f"current/{name}")


def _log(
    settings: Settings, kind: str, build_id: str, now: datetime, payload: Mapping[str, Any]
) -> audit.Line:
    payload = {**hashes_of(version_directory(settings.published, build_id)), **payload}
    key = settings.secret_key()
    return audit.append(settings.published, key, kind=kind, now=now, build_id=build_id, payload=payload)
