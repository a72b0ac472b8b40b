"""Verify what is published against the audit log, and the log against its own chain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.publishing import audit
from orchestration.publishing.files import TEMPORARY_PREFIX, sha256_file
from orchestration.publishing.manifest import (
    EVIDENCE,
    MANIFEST,
    current_build,
    problems_of_version,
)
from orchestration.publishing.serving import FIXED_NAMES


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was published: where, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(published: Path, key: bytes, head: str | None = None) -> list[Problem]:
    """Everything that differs from what was published; empty when all of it verifies.

    `head` is one that a notification carried (`<sequence>:<SHA-256>`): with it a log is found too that was
    cut, or written anew by somebody who has the key.
    """
    lines, problems = _chain(published, key)
    if head is not None and head not in {line.head for line in lines}:
        problems.append(Problem("audit.jsonl", f"does not hold line {head}: the log was cut or written anew"))
    problems += _served(published, lines)
    problems += _versions(published, lines)
    problems += _scorecards(published, lines)
    return problems


def _chain(published: Path, key: bytes) -> tuple[list[audit.Line], list[Problem]]:
    lines: list[audit.Line] = []
    problems = []
    previous = audit.FIRST_PREVIOUS
    for number, text in enumerate(audit.raw_lines(published), start=1):
        where = f"audit.jsonl line {number}"
        try:
            line = audit.parse(text)
        except ValueError:
            problems.append(Problem(where, "is no audit line"))
            previous = ""
            continue
        fields = {name: getattr(line, name) for name in audit.Line.__dataclass_fields__ if name != "hash"}
        if line.signature != audit.sign(key, fields):
            problems.append(Problem(where, "was changed: its signature does not fit"))
        if line.sequence != number or line.previous != previous:
            problems.append(
                Problem(where, "does not follow the line before: one was changed, added or removed")
            )
        previous = line.hash
        lines.append(line)
    if audit.log_path(published).exists() and not audit.log_path(published).read_bytes().endswith(b"\n"):
        problems.append(Problem("audit.jsonl", "its last line is torn; the next publication repairs it"))
    return lines, problems


def _served(published: Path, lines: list[audit.Line]) -> Iterator[Problem]:
    current, recorded = current_build(published), audit.served_build(lines)
    if current is None:
        if recorded is not None or (published / "current").is_symlink():
            yield Problem("current", "leads to no build")
        return
    if (published / "current").resolve() != (published / "versions" / current).resolve():
        yield Problem("current", "leads out of the published builds")
    if current != recorded:
        yield Problem("current", f"leads to build {current}, the log says {recorded}")
    announced = sum(line.kind == audit.BUILD_PUBLISHED and line.build_id == current for line in lines)
    if announced != 1:
        yield Problem(
            "audit.jsonl", f"the served build {current} has {announced} build_published lines, not one"
        )
    for name in FIXED_NAMES:
        link = published / name
        if not link.is_symlink() or link.readlink() != Path("current", name):
            yield Problem(name, "is not the link into the current build")


def _versions(published: Path, lines: list[audit.Line]) -> Iterator[Problem]:
    retired = audit.retired_builds(lines)
    builds = dict.fromkeys(line.build_id for line in lines if line.kind in audit.SERVING_KINDS)
    for build_id in builds:
        place = "retired" if build_id in retired else "versions"
        directory = published / place / build_id
        if build_id not in retired:
            yield from (Problem(f"versions/{build_id}", what) for what in problems_of_version(directory))
        yield from _recorded_hashes(published, directory, audit.manifest_hashes(lines, build_id) or {})
    for name in sorted({path.name for path in (published / "versions").glob("*")} - set(builds)):
        if name.startswith(TEMPORARY_PREFIX):
            continue
        yield Problem(f"versions/{name}", "is not in the log")


def _recorded_hashes(published: Path, directory: Path, recorded: Mapping[str, object]) -> Iterator[Problem]:
    for name, field in ((MANIFEST, "manifest_sha256"), (EVIDENCE, "evidence_sha256")):
        path = directory / name
        if not path.is_file() or sha256_file(path) != recorded.get(field):
            yield Problem(path.relative_to(published).as_posix(), "is not the file that the log names")


def _scorecards(published: Path, lines: list[audit.Line]) -> Iterator[Problem]:
    folder = published / "scorecards"
    expected: dict[str, str] = {}
    for line in lines:
        if line.kind == audit.SCORECARDS_PUBLISHED:
            for version, hashes in line.payload["scorecards"].items():
                expected.update({f"{version}/{name}": digest for name, digest in hashes.items()})
            expected.update(line.payload["replaced"])
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if not path.is_dir() and TEMPORARY_PREFIX not in path.as_posix()
    }
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield Problem(f"scorecards/{name}", "is missing")
        elif name not in expected:
            yield Problem(f"scorecards/{name}", "is not in the log")
        elif sha256_file(found[name]) != expected[name]:
            yield Problem(f"scorecards/{name}", "was changed")
