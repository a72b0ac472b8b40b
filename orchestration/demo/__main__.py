"""The command line of the demo company: `python -m orchestration.demo --home DIR`."""

import argparse
from datetime import date
from pathlib import Path

from orchestration.demo.generate import UNTIL, write_company


def main() -> None:
    """Write a demo company below `--home`."""
    parser = argparse.ArgumentParser(
        prog="python -m orchestration.demo", description="Write the files of a demo company."
    )
    parser.add_argument("--home", type=Path, required=True, help="gets inbox/ and the ground truth")
    parser.add_argument("--tickets", type=int, default=30_000)
    parser.add_argument("--months", type=int, default=14)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help="last day, yyyy-mm-dd")
    parser.add_argument("--reporting-time-zone", default="UTC", help="cuts the periods of the ground truth")
    parser.add_argument(
        "--files-only", dest="ground_truth", action="store_false", help="write no ground truth"
    )
    given = vars(parser.parse_args())
    inbox = given.pop("home") / "inbox"
    try:
        path = write_company(inbox, progress=print, **given)
    except ValueError as error:
        parser.error(str(error))
    print(f"inbox: {inbox}\nground truth: {path if path.exists() else 'not wanted'}")


if __name__ == "__main__":
    main()
