"""The code location: everything under `defs/`, found by its folder."""

from pathlib import Path

import dagster as dg

import expectations  # noqa: F401 - the folder of both packages is on the path now, not when defs load


@dg.definitions
def definitions() -> dg.Definitions:
    """All assets, checks, jobs, schedules and sensors of the warehouse."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
