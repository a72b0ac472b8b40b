"""Which build is this: an id from landing, code, seeds and parameters, the same in every directory."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.sources.manifest import Delivery

CODE_FOLDERS = ("orchestration", "dbt_project", "expectations")
CODE_SUFFIXES = frozenset({".py", ".sql", ".yml", ".yaml", ".csv", ".html", ".css"})
GENERATED_FOLDERS = frozenset({"target", "logs", "__pycache__"})


def code_files(root: Path, suffixes: frozenset[str] = CODE_SUFFIXES) -> Iterable[Path]:
    """The files of a code folder that decide what a build gives, in path order."""
    for path in sorted(root.rglob("*")):
        generated = GENERATED_FOLDERS.intersection(path.relative_to(root).parts)
        if path.suffix in suffixes and not generated and path.is_file():
            yield path


def code_fingerprint() -> str:
    """SHA-256 over names and contents of the project's code, models, seeds, contracts and suites."""
    digest = hashlib.sha256()
    for folder in CODE_FOLDERS:
        root = PROJECT_ROOT / folder
        for path in code_files(root):
            digest.update(f"{folder}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build_id(settings: Settings, deliveries: Iterable[Delivery], as_of: datetime, code: str) -> str:
    """The build's id, 16 hex digits.

    Every delivery counts, rejected ones too: they make a source stale, which a build shows. Arrival does not.
    """
    parts = sorted(
        f"{item.table}:{item.batch_id}:{item.status}:{item.key_fingerprint}" for item in deliveries
    )
    parts += [as_of.isoformat(), settings.reporting_time_zone, str(settings.minimum_n), code]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
