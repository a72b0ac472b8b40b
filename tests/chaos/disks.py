"""Real small disks: a tmpfs in the place of a folder, filled up or made read-only, and mended again."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

PROGRAMS = "/usr/bin"


@cache
def can_mount() -> bool:
    """Whether this user may mount; tried in a namespace of its own."""
    if os.geteuid() != 0 or not Path(f"{PROGRAMS}/unshare").exists():
        return False
    tried = [f"{PROGRAMS}/unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(tried, check=False, capture_output=True).returncode == 0


def needs_mounts() -> None:
    """Skip a test on a machine that lets nobody mount."""
    if not can_mount():
        pytest.skip("only root can mount the small disks of this test")


@contextmanager
def disk_at(folder: Path, megabytes: int) -> Iterator[None]:
    """Put the content of a folder on a disk of its own for a while; at the end it lies where it lay."""
    kept = folder.with_name(f"{folder.name}.kept")
    mode = folder.stat().st_mode
    folder.rename(kept)
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode={mode & 0o777:o}", "tmpfs", str(folder))
    try:
        shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(kept)
        yield
        shutil.copytree(folder, kept, symlinks=True)
    finally:
        subprocess.run([f"{PROGRAMS}/umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
    kept.rename(folder)


@contextmanager
def full(folder: Path, left: int = 0) -> Iterator[None]:
    """Fill the disk that a folder lies on, but for some bytes, with one file that is not the program's."""
    filler = folder / "filler"
    system = os.statvfs(folder)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, system.f_bavail * system.f_frsize - left)
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody can write the disk that a folder lies on, root neither."""
    _mount("-o", "remount,ro", str(folder))
    try:
        yield
    finally:
        _mount("-o", "remount,rw", str(folder))


def _mount(*arguments: str) -> None:
    subprocess.run([f"{PROGRAMS}/mount", *arguments], check=True)
