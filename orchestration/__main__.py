"""The command line: `python -m orchestration <command>`; `--help` lists the commands."""

import argparse
import sys
from datetime import UTC, date, datetime

from orchestration.operations.commands import add_commands
from orchestration.settings import Settings, SettingsError, load_settings


def iso_day(text: str) -> str:
    """A day like 2026-01-31, as it was given. Raises ValueError for anything else."""
    return date.fromisoformat(text).isoformat()


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    main = argparse.ArgumentParser(prog="python -m orchestration", description=__doc__)
    commands = main.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="land, build, judge, publish; prints a summary")
    run.add_argument(
        "--tickets", type=int, default=30_000, help="tickets of the demo company (an empty inbox)"
    )
    run.add_argument("--months", type=int, default=14, help="months of the demo company (an empty inbox)")
    run.add_argument(
        "--ground-truth", action="store_true", help="also write what the demo company's figures must be"
    )
    run.add_argument(
        "--full-refresh", action="store_true", help="make every table anew, whatever has changed"
    )
    run.add_argument(
        "--from", dest="touched_from", type=iso_day, help="backfill: make the tickets with events"
    )
    run.add_argument("--until", dest="touched_until", type=iso_day, help="events in these days anew")
    commands.add_parser("prepare", help="make the home's folders, its Dagster instance and the dbt manifest")
    commands.add_parser("doctor", help="check machine, home and configuration; says how to mend each fault")
    add_commands(commands)
    docs = commands.add_parser("docs", help="write docs/kpis.md and docs/sources.md")
    docs.add_argument("--check", action="store_true", help="only say whether they are up to date")
    commands.add_parser(
        "calendars", help="write the public holidays of the business calendars anew, for review"
    )
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    grammar = parser()
    options = grammar.parse_args(arguments)
    if options.command == "run" and (options.touched_from is None) != (options.touched_until is None):
        grammar.error("a backfill has a first and a last day: give both --from and --until")
    if options.command == "calendars":
        from orchestration.clocks.public_holidays import HOLIDAYS, write_public_holidays  # noqa: PLC0415 - as below

        sys.stdout.write(
            f"{write_public_holidays()} rows in {HOLIDAYS}; review the difference and commit it\n"
        )
        return 0
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return on_home(settings, options)


def on_home(settings: Settings, options: argparse.Namespace) -> int:
    """Run a command that works on the home; each imports what it needs. Returns the exit code."""
    if hasattr(options, "operation"):
        return int(options.operation(settings, options))
    if options.command == "docs":
        from orchestration.documents import write_documents  # noqa: PLC0415 - slow

        return write_documents(settings, check=options.check)
    if options.command == "doctor":
        from orchestration.doctor.report import examine  # noqa: PLC0415 - slow

        return examine(settings, datetime.now(UTC).date())
    from orchestration import run  # noqa: PLC0415 - slow

    if options.command == "run":
        size = {"tickets": options.tickets, "months": options.months}
        wish = {name: vars(options)[name] for name in ("full_refresh", "touched_from", "touched_until")}
        return run.run(settings, **size, ground_truth=options.ground_truth, wish=wish)
    return run.prepare_only(settings)


if __name__ == "__main__":
    sys.exit(main())
