"""The append-only audit log: one signed line per publication, each holding the hash of the line before."""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.crash_points import crash_point
from orchestration.publishing.files import PublicationError, sync

BUILD_PUBLISHED = "build_published"
BUILD_RESTORED = "build_restored"
ROLLED_BACK = "rolled_back"
BUILDS_RETIRED = "builds_retired"
SCORECARDS_PUBLISHED = "scorecards_published"
SERVING_KINDS = (BUILD_PUBLISHED, BUILD_RESTORED, ROLLED_BACK)
FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True)
class Line:
    """One line of the log as it was read; `hash` is the SHA-256 of its text."""

    sequence: int
    kind: str
    time: str
    build_id: str
    payload: Mapping[str, Any]
    previous: str
    signature: str
    hash: str

    @property
    def head(self) -> str:
        """What a notification carries, so that a log that was cut or rewritten later is noticed."""
        return f"{self.sequence}:{self.hash}"


def log_path(published: Path) -> Path:
    """Where the log lies."""
    return published / "audit.jsonl"


def canonical(fields: Mapping[str, Any]) -> str:
    """One spelling per content, so that hash and signature do not depend on who wrote it."""
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sign(key: bytes, fields: Mapping[str, Any]) -> str:
    """HMAC-SHA256 of the fields without their signature, in hex."""
    unsigned = {name: value for name, value in fields.items() if name != "signature"}
    return hmac.new(key, canonical(unsigned).encode(), hashlib.sha256).hexdigest()


def parse(text: str) -> Line:
    """A line of the log. Raises ValueError when it is none."""
    fields = json.loads(text)
    if not isinstance(fields, dict) or set(fields) != set(Line.__dataclass_fields__) - {"hash"}:
        raise ValueError("not an audit line")
    return Line(**fields, hash=hashlib.sha256(text.encode()).hexdigest())


def raw_lines(published: Path) -> list[str]:
    """The complete lines of the log; a torn last one, which has no line end, is left out."""
    path = log_path(published)
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]


def read(published: Path) -> list[Line]:
    """All lines, oldest first. Raises PublicationError for a line that cannot be read."""
    lines = []
    for number, text in enumerate(raw_lines(published), start=1):
        try:
            lines.append(parse(text))
        except ValueError as error:
            raise PublicationError(
                f"Line {number} of {log_path(published)} is no audit line; restore the log from a copy."
            ) from error
    return lines


def append(
    published: Path, key: bytes, *, kind: str, now: datetime, build_id: str, payload: Mapping[str, Any]
) -> Line:
    """Add one line and flush it; only for the holder of the lock. Returns the line written."""
    lines = read(published)
    fields: dict[str, Any] = {
        "sequence": len(lines) + 1,
        "kind": kind,
        "time": now.isoformat(timespec="seconds"),
        "build_id": build_id,
        "payload": payload,
        "previous": lines[-1].hash if lines else FIRST_PREVIOUS,
    }
    text = canonical(fields | {"signature": sign(key, fields)})
    path = log_path(published)
    with open(path, "a", encoding="utf-8", newline="\n", opener=_readable) as file:
        crash_point("audit: before a line")
        file.write(text + "\n")
        crash_point("audit: line written, not flushed")
        file.flush()
        crash_point("audit: line flushed, not synced")
        os.fsync(file.fileno())
    sync(published)
    return parse(text)


def repair_torn_line(published: Path) -> bool:
    """Cut off a last line without its end: its writer died, so what it says was never announced."""
    path = log_path(published)
    if not path.exists():
        return False
    content = path.read_bytes()
    if not content or content.endswith(b"\n"):
        return False
    with path.open("r+b") as file:
        file.truncate(content.rfind(b"\n") + 1)
        os.fsync(file.fileno())
    return True


def served_build(lines: list[Line]) -> str | None:
    """The build that the log says is served now."""
    serving = [line.build_id for line in lines if line.kind in SERVING_KINDS]
    return serving[-1] if serving else None


def retired_builds(lines: list[Line]) -> set[str]:
    """The builds that were retired and not published again since."""
    retired: set[str] = set()
    for line in lines:
        if line.kind == BUILDS_RETIRED:
            retired.update(line.payload["builds"])
        elif line.kind in SERVING_KINDS:
            retired.discard(line.build_id)
    return retired


def manifest_hashes(lines: list[Line], build_id: str) -> Mapping[str, Any] | None:
    """The newest recorded hashes of a build's manifest and evidence, or None for a build never published."""
    recorded = [line.payload for line in lines if line.kind in SERVING_KINDS and line.build_id == build_id]
    return recorded[-1] if recorded else None


def _readable(path: str, flags: int) -> int:
    return os.open(path, flags, 0o644)
