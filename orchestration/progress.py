"""What a person at the shell sees of a run: a line per step with its time, warnings and failures in full."""

import logging
import sys
import time
from collections.abc import Iterable, Sequence

import dagster as dg

STEP_EVENTS = {
    dg.DagsterEventType.STEP_START,
    dg.DagsterEventType.STEP_SUCCESS,
    dg.DagsterEventType.STEP_FAILURE,
    dg.DagsterEventType.STEP_SKIPPED,
}


def say(line: str = "") -> None:
    """Print a line to standard output at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class StepProgress(logging.Handler):
    """Turns Dagster's log records into one line per step."""

    def __init__(self) -> None:
        super().__init__()
        self.started: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record if it starts or ends a step, or if it warns."""
        meta = getattr(record, "dagster_meta", {})
        event = meta.get("dagster_event")
        step = meta.get("step_key") or ""
        kind = event.event_type if event else None
        if kind is dg.DagsterEventType.STEP_START:
            self.started[step] = time.monotonic()
        elif kind in STEP_EVENTS:
            seconds = time.monotonic() - self.started.get(step, time.monotonic())
            word = {"STEP_SUCCESS": "done", "STEP_FAILURE": "FAILED", "STEP_SKIPPED": "skipped"}[kind.value]
            say(f"  {word:<8}{step:<44}{seconds:6.1f} s")
        elif (
            kind is None
            and not str(meta.get("orig_message")).startswith("Dependencies for step")
            and record.levelno >= logging.INFO
        ):
            mark = "! " if record.levelno >= logging.WARNING else "  "
            say(f"  {mark}{meta.get('orig_message') or record.getMessage()}")


@dg.logger(config_schema={})
def progress_logger(_context: dg.InitLoggerContext) -> logging.Logger:
    """The logger of `python -m orchestration run`."""
    logger = logging.Logger("progress")
    logger.addHandler(StepProgress())
    return logger


def table_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A plain-text table, columns as wide as their widest cell."""
    cells = [list(header), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:]]
