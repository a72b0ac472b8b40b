"""`python -m orchestration.bench --tickets 30000 100000`: the job, its floor, its start and its readers."""

import argparse
import json
import os
import platform
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from orchestration.bench.goals import DEMO, judged
from orchestration.bench.last_day import deliver, hold_last_day
from orchestration.bench.measured import BenchError, Measured, measure
from orchestration.bench.reading import read_as_bi
from orchestration.bench.start_up import measure_start_up
from orchestration.progress import say
from orchestration.settings import Settings, environment_of, load_settings
from orchestration.warehouse.stages import STAGES

PACKAGES = ("dagster", "dagster-dbt", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations")
_STEP = re.compile(r"^  done +(\S+) +([\d.]+) s$", re.MULTILINE)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }


def bench(tickets: int, home: Path) -> dict[str, Any]:
    """One size: files, the first run on all but the last day, its floor, reading, that day.

    The demo's size is rebuilt in full too.
    """
    environment = environment_of(home)

    def spent(part: str, module: str, *arguments: str) -> Measured:
        found = measure([sys.executable, "-m", module, *arguments], environment)
        say(
            f"  {part:<16}{found.wall:9.1f} s, {found.cpu:.1f} s of processor, {found.peak_mib:,.0f} MiB,"
            f" pace {found.pace_ms} ms"
        )
        return found

    demo = ("--home", str(home), "--files-only", "--tickets", str(tickets))
    files = spent("files", "orchestration.demo", *demo)
    last_day = hold_last_day(home / "inbox")
    job = spent("first run", "orchestration", "run")
    tests = seconds_of_tests(load_settings(environment))
    floor = spent("floor", "orchestration.bench.floor")
    layers = json.loads(floor.output.strip().splitlines()[-1])
    floor_wall = sum(layers.values())
    reading = read_as_bi(home / "published" / "warehouse.duckdb")
    deliver(last_day)
    day = spent("one more day", "orchestration", "run")
    again = spent("full rebuild", "orchestration", "run", "--full-refresh") if tickets == DEMO else None
    return {
        "tickets": tickets,
        "demo_files": files.figures(),
        "first_run": job.figures(),
        "steps": steps_of(job.output),
        "dbt_tests": tests,
        "one_more_day": day.figures(),
        "steps_of_one_more_day": steps_of(day.output),
        "rebuild": again and again.figures(),
        "floor": {**floor.figures(), "wall": round(floor_wall, 2), "layers": layers},
        "job_over_floor": round(job.wall / floor_wall, 2),
        "reading_ms": reading,
    }


def seconds_of_tests(settings: Settings) -> dict[str, float]:
    """Seconds that the dbt tests at the end of each stage took; Great Expectations runs beside them."""
    targets = {stage.step: settings.warehouse / "dbt" / stage.producer for stage in STAGES.values()}
    results = {step: (target / "run_results.json").read_text() for step, target in targets.items()}
    return {step: round(json.loads(text)["elapsed_time"], 1) for step, text in results.items()}


def steps_of(output: str) -> dict[str, float]:
    """Seconds of every Dagster step, from what a run prints."""
    return {name: float(seconds) for name, seconds in _STEP.findall(output)}


def table(results: list[dict[str, Any]]) -> list[str]:
    """The sizes side by side, as Markdown."""
    lines = [
        "| tickets | files | first run | CPU | pace | peak MiB | one more day | rebuild | floor |"
        " job / floor | slowest read p95 |",
        f"|{' --- |' * 11}",
    ]
    for found in results:
        slowest = max(spent["p95"] for spent in found["reading_ms"].values())
        first, floor = found["first_run"], found["floor"]
        rebuild = f"{found['rebuild']['wall']} s" if found["rebuild"] else "not measured"
        lines.append(
            f"| {found['tickets']:,} | {found['demo_files']['wall']} s | {first['wall']} s | {first['cpu']} s"
            f" | {first['pace_ms']} ms | {first['peak_mib']:,.0f} | {found['one_more_day']['wall']} s"
            f" | {rebuild} | {floor['wall']} s"
            f" | {found['job_over_floor']} | {slowest} ms |"
        )
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Measure every size, keep its figures before the next one; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.bench", description=__doc__)
    parser.add_argument("--tickets", type=int, nargs="+", default=[30_000, 100_000])
    parser.add_argument("--work", type=Path, help="where the homes are made (removed once measured)")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="gets all figures")
    chosen = parser.parse_args(arguments)
    found: dict[str, Any] = {"machine": machine(), "sizes": []}
    try:
        for tickets in chosen.tickets:
            say(f"{tickets:,} tickets")
            home = Path(tempfile.mkdtemp(dir=chosen.work))
            found["sizes"].append(bench(tickets, home))
            if "start_up" not in found:
                found["start_up"] = measure_start_up(environment_of(home))
            chosen.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
            shutil.rmtree(home)
    except BenchError as error:
        say(f"{error}\n\nThe bench stopped. What failed stands above, and its home is kept: {home}")
        return 1
    for line in table(found["sizes"]):
        say(line)
    for name, spent in found["start_up"].items():
        say(f"{name}: {spent['wall']} s")
    for line in judged(found["sizes"], found["start_up"]):
        say(line)
    say(f"All figures: {chosen.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
