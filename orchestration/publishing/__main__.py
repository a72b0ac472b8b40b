"""The command line of publication: list the builds, verify everything published, go back to a build."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from orchestration.operations.layout import LayoutError, ensure_layout
from orchestration.publishing import audit
from orchestration.publishing.files import PublicationError
from orchestration.publishing.manifest import current_build
from orchestration.publishing.serving import roll_back
from orchestration.publishing.verification import verify
from orchestration.settings import Settings, SettingsError, load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 something does not verify, 2 it could not be done."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.publishing")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="the builds that can be served, newest first")
    check = commands.add_parser("verify", help="check everything published against the audit log")
    check.add_argument("--head", help="a head from a notification: <sequence>:<SHA-256>")
    back = commands.add_parser("rollback", help="serve an earlier build again")
    back.add_argument("build_id")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        if options.command == "list":
            return _list(settings)
        if options.command == "verify":
            return _verify(settings, options.head)
        ensure_layout(settings)
        line = roll_back(settings, options.build_id, datetime.now(UTC))
    except (LayoutError, PublicationError, SettingsError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"Build {line.build_id} is served. Audit head {line.head}")
    return 0


def _list(settings: Settings) -> int:
    published = settings.published
    lines = [line for line in audit.read(published) if line.kind in audit.SERVING_KINDS]
    newest = {line.build_id: line for line in lines}
    for build_id in dict.fromkeys(line.build_id for line in reversed(lines)):
        if (published / "versions" / build_id).is_dir():
            served = "  served now" if build_id == current_build(published) else ""
            print(f"{build_id}  {newest[build_id].kind} {newest[build_id].time}{served}")
    return 0


def _verify(settings: Settings, head: str | None) -> int:
    problems = verify(settings.published, settings.secret_key(), head)
    for problem in problems:
        print(problem)
    lines = audit.raw_lines(settings.published)
    if not problems:
        print(f"All of {settings.published} verifies: {len(lines)} audit lines.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
