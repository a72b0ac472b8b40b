"""Rights: the pipeline can write its folders, and nobody else can enter those with personal data."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from orchestration.doctor.finding import Finding, fault, ok
from orchestration.settings import Settings

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_rights(settings: Settings) -> list[Finding]:
    """Whether this user can make and write the home's folders, read the inbox, and keep secrets."""
    home = settings.home
    refused = first_unwritable(home)
    if refused is not None:
        mend = f"give the user that runs the pipeline the folder: chown -R <user> {refused}"
        return [fault("rights", f"{refused} cannot be written", mend)]
    return [*_inbox(settings), *_private(settings)] or [ok("rights", f"{home} can be written")]


def first_unwritable(home: Path) -> Path | None:
    """The home, or the nearest folder above it that is there, or one below it, that cannot be written.

    It is tried, not asked: a read-only mount and a quota refuse what the mode bits allow.
    """
    start = home
    while not start.exists():
        start = start.parent
    folders = [start] if start != home else [home, *_folders(home)]
    return next((folder for folder in folders if not _can_write(folder)), None)


def _folders(home: Path) -> Iterator[Path]:
    """Every folder that the pipeline writes; the inbox belongs to those who deliver."""
    for name in sorted(path.name for path in home.iterdir() if path.is_dir() and not path.is_symlink()):
        if name != "inbox":
            yield home / name
            yield from (path for path in sorted((home / name).rglob("*/")) if not path.is_symlink())


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _inbox(settings: Settings) -> list[Finding]:
    unreadable = [path for path in settings.inbox.glob("*/*") if not os.access(path, os.R_OK)]
    if not unreadable:
        return []
    mend = f"have those who deliver make them readable, for example: chmod a+r {unreadable[0]}"
    return [fault("rights", f"{len(unreadable)} delivered files cannot be read", mend)]


def _private(settings: Settings) -> list[Finding]:
    private = [settings.quarantine, settings.vault, settings.warehouse, settings.key_file.parent]
    open_folders = [path for path in private if path.exists() and path.stat().st_mode & OTHERS]
    findings = [
        fault("rights", f"{path} can be entered by other users", f"chmod 700 {path}") for path in open_folders
    ]
    key = settings.key_file
    if key.exists() and key.stat().st_mode & OTHERS:
        findings.append(fault("rights", f"{key} can be read by other users", f"chmod 600 {key}"))
    return findings
