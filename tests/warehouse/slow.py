"""Functions that tests have done in a process beside them, and a run that can be killed while one works."""

import os
import sys
import time
from pathlib import Path

import duckdb

from orchestration.warehouse.processes import begin


def own_pid() -> int:
    return os.getpid()


def die() -> None:
    os._exit(9)


def draws_progress_bars() -> bool:
    with duckdb.connect() as connection:
        ((drawn,),) = connection.execute("select current_setting('enable_progress_bar')").fetchall()
    return bool(drawn)


def write_pid_and_sleep(path: Path) -> None:
    path.write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


if __name__ == "__main__":
    begin("dbt", write_pid_and_sleep, Path(sys.argv[1])).result()
