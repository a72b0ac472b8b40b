"""Disk: room for the next build beside the one that is served, on a file system that keeps its promises."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from orchestration.doctor.finding import GIB, Finding, fault, ok, warning
from orchestration.settings import Settings

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.s3fs", "fuse.gcsfuse", "afs", "ceph", "glusterfs")
FEWEST_FILES = 10_000


def bytes_below(path: Path) -> int:
    """The bytes of a file or of all files below a folder; 0 when it is not there."""
    if path.is_file():
        return path.stat().st_size
    return sum(item.stat().st_size for item in path.rglob("*") if item.is_file() and not item.is_symlink())


def space_needed(settings: Settings) -> int:
    """Bytes that the next run may write: a build and its spill, a version beside the served one, 1 GiB."""
    current = settings.published / "current"
    served = bytes_below(current.resolve()) if current.exists() else 0
    built = bytes_below(settings.build_file) + bytes_below(settings.work_file)
    return 2 * built + 2 * served + GIB


def judge_space(free: int, files_free: int, needed: int) -> Finding:
    """Free bytes and files against what the next run needs; a warning below twice of it."""
    said = f"{free / GIB:.1f} GiB free, the next run may need {needed / GIB:.1f} GiB"
    mend = "make room: `python -m orchestration retention` says what may go; or move WAREHOUSE_HOME"
    if free < needed:
        return fault("disk space", said, mend)
    if files_free < FEWEST_FILES:
        return fault("disk space", f"room for {files_free:,} more files only", mend)
    return warning("disk space", said, mend) if free < 2 * needed else ok("disk space", said)


def check_disk_space(settings: Settings) -> list[Finding]:
    """Whether the next run has room under the home."""
    place = nearest(settings.home)
    system = os.statvfs(place)
    # Some file systems do not count files: they say 0 of 0.
    files_free = system.f_favail if system.f_files else FEWEST_FILES
    return [judge_space(shutil.disk_usage(place).free, files_free, space_needed(settings))]


def nearest(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    while not path.exists():
        path = path.parent
    return path


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that holds a path, by the text of mountinfo; empty if unknown."""
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        place = Path(before.split()[4].replace("\\040", " "))
        if path.is_relative_to(place) and len(place.parts) >= longest:
            found, longest = after.split()[0], len(place.parts)
    return found


def check_file_system(settings: Settings) -> list[Finding]:
    """Whether locks exclude, renames replace in one step and links hold, where the home lies."""
    place = nearest(settings.home)
    kind = file_system_of(place.resolve(), MOUNTS.read_text(encoding="utf-8") if MOUNTS.exists() else "")
    mend = "put WAREHOUSE_HOME on a local disk (ext4, xfs, btrfs, apfs)"
    try:
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=place) as folder:
            broken = broken_promises(Path(folder))
    except OSError as error:
        return [fault("file system", f"{place} cannot be tried: {error.strerror}", mend)]
    if broken:
        return [fault("file system", f"{kind or 'it'}: {'; '.join(broken)}", mend)]
    if kind.startswith(NETWORK):
        said = f"{kind} is a network file system; its locks may not hold between machines"
        return [warning("file system", said, mend)]
    return [ok("file system", f"{kind or 'local'}: locks, renames and links hold")]


def broken_promises(folder: Path) -> list[str]:
    """What the file system of an empty folder does not do, of all that landing and publication rely on."""
    broken = []
    old, new, link = folder / "old", folder / "new", folder / "link"
    old.write_text("old")
    with old.open("a") as first, old.open("a") as second:
        fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
            broken.append("a second holder gets a lock that is held")
        except BlockingIOError:
            pass
    new.write_text("new")
    with old.open() as reader:
        new.replace(old)
        if reader.read() != "old" or old.read_text() != "new":
            broken.append("a rename disturbs an open reader")
    link.symlink_to("old")
    (folder / "other").symlink_to("nowhere")
    (folder / "other").replace(link)
    if link.readlink() != Path("nowhere"):
        broken.append("a link is not replaced in one step")
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        broken.append("a folder cannot be flushed to the disk")
    finally:
        os.close(descriptor)
    return broken
