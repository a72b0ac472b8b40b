"""A home's layout has a version: a newer program migrates an older home, an older one refuses a newer."""

import json
from collections.abc import Callable
from pathlib import Path

from orchestration.quality.files import write_json
from orchestration.settings import Settings
from orchestration.sources.files import PRIVATE_FOLDER
from orchestration.warehouse.lock import writer_lock

LAYOUT = 2
FILE = "layout.json"
RESTORING = ".restoring"


class LayoutError(RuntimeError):
    """This program cannot use this home; the message says what to do."""


def close_private_folders(settings: Settings) -> None:
    """1 to 2: folders with personal data or keys cannot be entered by others, whatever the umask was."""
    for path in (settings.quarantine, settings.vault, settings.warehouse, settings.key_file.parent):
        if path.exists():
            path.chmod(PRIVATE_FOLDER)


# From a layout to the next. A migration may be cut short at any point, and is then done again from its start.
MIGRATIONS: dict[int, Callable[[Settings], None]] = {1: close_private_folders}


def layout_of(home: Path) -> int | None:
    """The layout of a home: 1 before layouts were written down, None for a home that holds nothing yet.

    Raises LayoutError for a file that does not say it.
    """
    path = home / FILE
    if not path.exists():
        used = (home / "landing" / "manifest", home / "published" / "audit.jsonl", home / "dagster_home")
        return 1 if any(place.exists() for place in used) else None
    try:
        layout = json.loads(path.read_text(encoding="utf-8"))["layout"]
    except (ValueError, KeyError, TypeError) as error:
        raise LayoutError(f"{path} does not say a layout; restore the home from a backup.") from error
    if not isinstance(layout, int) or layout < 1:
        raise LayoutError(f"{path} says layout {layout!r}, which is none; restore the home from a backup.")
    return layout


def ensure_layout(settings: Settings) -> None:
    """Make sure that this program can use the home: begin a new one, migrate an older one.

    Waits for a writer before it migrates. Raises LayoutError for a home of a newer program, and for one that
    a restore has not finished.
    """
    home = settings.home
    if (home / RESTORING).exists():
        raise LayoutError(f"A restore into {home} did not finish: empty the folder and restore again.")
    layout = layout_of(home)
    if layout is None:
        write_layout(home, LAYOUT)
    elif layout > LAYOUT:
        raise LayoutError(
            f"{home} has layout {layout}; this program knows layouts up to {LAYOUT}."
            " Use the newer program, or restore a backup from before the upgrade into an empty home."
        )
    elif layout < LAYOUT:
        with writer_lock(settings.warehouse, holder="the migration to a newer layout"):
            migrate(settings)


def migrate(settings: Settings) -> None:
    """Bring the home to this program's layout, step by step; only for the holder of the writer lock."""
    for layout in range(layout_of(settings.home) or LAYOUT, LAYOUT):
        MIGRATIONS[layout](settings)
        write_layout(settings.home, layout + 1)


def write_layout(home: Path, layout: int) -> None:
    """Write the layout down: whole or not at all."""
    write_json(home / FILE, {"layout": layout})
