"""The commands on a home as a whole: `backup`, `restore`, `retention` and `recover`."""

import argparse
import sys
from collections import Counter
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.operations.rules import MEANINGS, Removal, Rules
from orchestration.settings import Settings

BACKUP_NAME = "warehouse"

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_commands(commands: "Commands") -> None:
    """Add the grammar of these commands."""
    backup = commands.add_parser("backup", help="back the home up into one file, and verify it")
    backup.add_argument("file", type=Path, help="a new .tar or .tar.gz outside the home, or a folder")
    backup.add_argument("--keep", type=_days, help="in a folder: keep this many, remove older ones")
    backup.add_argument("--without-key", action="store_true", help="leave the key out; keep it elsewhere")
    backup.add_argument("--wait", type=float, default=600, help="seconds to wait for a run (600)")
    backup.set_defaults(operation=_backup)
    restore = commands.add_parser("restore", help="fill an empty home from a backup")
    restore.add_argument("file", type=Path)
    restore.add_argument("--check", action="store_true", help="only verify the backup")
    restore.set_defaults(operation=_restore)
    retention = commands.add_parser("retention", help="say what is past its days; with --apply remove it")
    retention.add_argument("--apply", action="store_true", help="remove it, after an audit line")
    retention.add_argument("--list", action="store_true", help="name every file")
    for name, default in asdict(Rules()).items():
        shown = "never" if default is None else default
        retention.add_argument(f"--{name.replace('_', '-')}", type=_days, default=default, help=f"({shown})")
    retention.set_defaults(operation=_retention)
    recover = commands.add_parser("recover", help="close the runs whose process is gone, and free their slot")
    recover.add_argument("--after-port", type=int, help="wait until the code server listens there")
    recover.add_argument("--wait", type=float, default=300, help="seconds to wait for it (300)")
    recover.set_defaults(operation=_recover)


def _days(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from orchestration.operations.archive import BackupError  # noqa: PLC0415 - each command its own imports
    from orchestration.operations.backup import back_up  # noqa: PLC0415 - as above
    from orchestration.operations.layout import LayoutError  # noqa: PLC0415 - as above
    from orchestration.publishing.files import PublicationError  # noqa: PLC0415 - as above
    from orchestration.warehouse.lock import WarehouseLockedError  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    in_folder = options.file.is_dir()
    path = options.file / f"{BACKUP_NAME}-{now:%Y%m%dT%H%M%SZ}.tar.gz" if in_folder else options.file
    try:
        done = back_up(
            settings,
            path,
            now=now,
            with_key=not options.without_key,
            wait_seconds=options.wait,
        )
    except (BackupError, LayoutError, PublicationError, WarehouseLockedError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    lines = [
        f"{done.path}: {done.files:,} files, {done.bytes:,} bytes, verified.",
        f"SHA-256 {done.sha256}",
        "It holds personal data (inbox, quarantine, vault)"
        + (" and the key" if done.holds_key else "; the key is not in it")
        + ": keep it as closed as the home.",
    ]
    lines += [f"Left out, still being written: {name}" for name in done.left_out]
    if in_folder and options.keep:
        for old in sorted(options.file.glob(f"{BACKUP_NAME}-*.tar.gz"))[: -options.keep]:
            old.unlink()
            lines.append(f"Removed {old.name}: {options.keep} are kept.")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from orchestration.operations.archive import BackupError  # noqa: PLC0415 - each command its own imports
    from orchestration.operations.backup import verify_archive  # noqa: PLC0415 - as above
    from orchestration.operations.restore import restore  # noqa: PLC0415 - as above

    try:
        if options.check:
            record = verify_archive(options.file)
            sys.stdout.write(f"{options.file} of {record['made_at']} is whole.\n")
            return 0
        problems = restore(settings, options.file)
    except BackupError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    verdict = "but not all of it verifies" if problems else "all that is published verifies"
    sys.stdout.write(f"Restored into {settings.home}; {verdict}.\n")
    return 1 if problems else 0


def _retention(settings: Settings, options: argparse.Namespace) -> int:
    from orchestration.operations import retention  # noqa: PLC0415 - each command its own imports
    from orchestration.operations.layout import LayoutError  # noqa: PLC0415 - as above
    from orchestration.operations.run_records import remove_old_runs  # noqa: PLC0415 - as above
    from orchestration.publishing.files import PublicationError  # noqa: PLC0415 - as above
    from orchestration.warehouse.lock import WarehouseLockedError  # noqa: PLC0415 - as above

    rules = Rules(**{field.name: getattr(options, field.name) for field in fields(Rules)})
    now = datetime.now(UTC)
    try:
        builds = retention.old_builds(settings, rules)
        act = retention.apply if options.apply else retention.plan
        removals = act(settings, rules, now)
        runs = remove_old_runs(settings, rules.runs_days, now, dry=not options.apply)
    except (LayoutError, PublicationError, WarehouseLockedError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    lines = [*_told(removals, options.list), f"{len(builds):>6}  published builds beyond {rules.builds_kept}"]
    lines += [f"{runs:>6}  runs of Dagster older than {rules.runs_days} days"]
    lines += [f"stays: {note}" for note in retention.notes(settings, now)]
    end = "Removed." if options.apply else "Nothing was removed; --apply removes it."
    sys.stdout.write("\n".join([*lines, end]) + "\n")
    return 0


def _told(removals: list[Removal], each: bool) -> list[str]:
    """A line per kind, and with `each` one per file."""
    counts = Counter(removal.kind for removal in removals)
    lines = [f"{counts[kind]:>6}  {kind}: {meaning}" for kind, meaning in MEANINGS.items()]
    if each:
        lines += [f"        {removal.path}: past {removal.note}" for removal in removals]
    return lines


def _recover(settings: Settings, options: argparse.Namespace) -> int:
    from orchestration.operations import dead_runs  # noqa: PLC0415 - each command its own imports
    from orchestration.operations.recovery import recover_idle_home  # noqa: PLC0415 - as above

    port = options.after_port
    if port is not None and not dead_runs.wait_for_code_server(port, options.wait):
        sys.stderr.write(f"No code server listens on port {port}; no run was looked at.\n")
        return 2
    recover_idle_home(settings, datetime.now(UTC))
    for run_id in dead_runs.close_dead_runs_of_home(settings):
        sys.stdout.write(f"Run {run_id} had died; it is closed as failed.\n")
    return 0
