"""The command line of the demo company: `python -m orchestration.demo --home DIR`."""

import argparse
from datetime import date
from pathlib import Path

from orchestration.demo.generate import write_company


def main() -> None:
    """Write a demo company below `--home`."""
    parser = argparse.ArgumentParser(
        prog="python -m orchestration.demo", description="Write the demo company's files."
    )
    parser.add_argument(
        "--home", type=Path, required=True, help="directory that gets inbox/ and the ground truth"
    )
    parser.add_argument("--tickets", type=int, default=30_000)
    parser.add_argument("--months", type=int, default=14)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--until", type=date.fromisoformat, default=date(2026, 10, 31), help="last day, yyyy-mm-dd"
    )
    given = parser.parse_args()
    inbox: Path = given.home / "inbox"
    try:
        path = write_company(
            inbox,
            tickets=given.tickets,
            months=given.months,
            seed=given.seed,
            until=given.until,
            progress=print,
        )
    except ValueError as error:
        parser.error(str(error))
    print(f"inbox: {inbox}\nground truth: {path}")


if __name__ == "__main__":
    main()
