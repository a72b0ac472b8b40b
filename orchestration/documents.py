"""Documents that are generated from what the project is, and checked, so that they cannot drift."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.progress import say
from orchestration.scorecards.document import kpis_markdown
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.document import sources_markdown
from orchestration.warehouse.dbt_build import DbtError, run_dbt
from orchestration.warehouse.dbt_step import WITHOUT_TESTS
from orchestration.warehouse.prepare import prepare_build

DOCS = PROJECT_ROOT / "docs"
REGISTRY = ("dim_kpi", "kpi_targets")


def documents(settings: Settings, registry: duckdb.DuckDBPyConnection) -> Mapping[Path, str]:
    """The generated pages, by path; `registry` is any build with `kpis.dim_kpi` and `core.kpi_targets`."""
    return {
        DOCS / "kpis.md": kpis_markdown(registry),
        DOCS / "sources.md": sources_markdown(load_contracts(settings.contracts_dir)),
    }


def build_registry(home: Path) -> Path:
    """Build the registry's tables, which need no delivery, in a home of their own; returns the DuckDB file.

    Raises DbtError when they cannot be built.
    """
    settings = Settings(home=home)
    prepare_build(settings)
    results = run_dbt(
        settings,
        ["build", *WITHOUT_TESTS, "--select", *REGISTRY],
        settings.warehouse / "dbt" / "registry",
        say,
    )
    if results.failed_models:
        raise DbtError(results.failed_models[0])
    return settings.build_file


def write_documents(settings: Settings, *, check: bool) -> int:
    """Write the pages, or with `check` only name those that differ; returns the exit code."""
    with (
        tempfile.TemporaryDirectory() as home,
        duckdb.connect(str(build_registry(Path(home))), read_only=True) as registry,
    ):
        pages = documents(settings, registry)
    outdated = outdated_pages(pages)
    for path in outdated:
        if not check:
            path.write_text(pages[path], encoding="utf-8")
        say(f"{'outdated' if check else 'written'}: {path.relative_to(PROJECT_ROOT)}")
    return 1 if check and outdated else 0


def outdated_pages(pages: Mapping[Path, str]) -> list[Path]:
    """The pages whose file is missing or says something else."""
    return [
        path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
