"""Documents that are generated from what the project is, and checked, so that they cannot drift."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.progress import say
from orchestration.scorecards.document import kpis_markdown
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.document import sources_markdown

DOCS = PROJECT_ROOT / "docs"


def documents(settings: Settings) -> Mapping[Path, str]:
    """The generated pages, by path; the KPI page needs a published snapshot."""
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as connection:
        kpis = kpis_markdown(connection)
    return {
        DOCS / "kpis.md": kpis,
        DOCS / "sources.md": sources_markdown(load_contracts(settings.contracts_dir)),
    }


def write_documents(settings: Settings, *, check: bool) -> int:
    """Write the pages, or with `check` only name those that differ; returns the exit code."""
    outdated = [
        path
        for path, text in documents(settings).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in outdated:
        if not check:
            path.write_text(documents(settings)[path], encoding="utf-8")
        say(f"{'outdated' if check else 'written'}: {path.relative_to(PROJECT_ROOT)}")
    return 1 if check and outdated else 0
