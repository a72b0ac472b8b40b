"""docs/kpis.md and docs/sources.md say what the registry, the targets and the contracts say now."""

from pathlib import Path

import pytest

from orchestration.documents import build_registry, documents, outdated_pages
from orchestration.settings import load_settings
from tests.dbt_project.builds import Build

pytestmark = pytest.mark.xdist_group("dbt_builds")


def test_the_generated_pages_are_up_to_date(empty_build: tuple[Build, dict[str, str]]) -> None:
    with empty_build[0].connect() as registry:
        pages = documents(load_settings(), registry)
    assert {path.name for path in pages} == {"kpis.md", "sources.md"}
    assert outdated_pages(pages) == [], "`make docs` writes them anew"


def test_a_page_that_says_something_else_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert outdated_pages({page: "new"}) == [page]
    page.write_text("old", encoding="utf-8")
    assert outdated_pages({page: "new"}) == [page]
    assert outdated_pages({page: "old"}) == []


def test_the_registry_is_built_without_any_delivery(
    empty_build: tuple[Build, dict[str, str]], tmp_path: Path
) -> None:
    with empty_build[0].connect() as connection:
        expected = connection.execute("select * from kpis.dim_kpi order by kpi_code").fetchall()
        connection.execute(f"attach '{build_registry(tmp_path)}' as registry (read_only)")
        assert (
            connection.execute("select * from registry.kpis.dim_kpi order by kpi_code").fetchall() == expected
        )
