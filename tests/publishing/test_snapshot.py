"""What a published build is: the judged marts, whole, readable, described and never half there."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing import audit, build_copy
from orchestration.publishing.files import PublicationError
from orchestration.publishing.tables import Table, copy_file, parquet_path, write_parquet
from orchestration.publishing.verification import verify
from orchestration.quality.verdict import GateRefused
from orchestration.settings import Settings
from tests.publishing.synthetic import build_and_publish, publish, write_build, write_verdicts


def tree(directory: Path) -> dict[str, str]:
    """Every file and link below a directory with its content."""
    return {
        path.relative_to(directory).as_posix(): str(path.readlink())
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def change_build(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(settings.build_file)) as connection:
        connection.execute(sql)


def test_snapshot_holds_the_marts_and_nothing_else(settings: Settings) -> None:
    publication = build_and_publish(settings, "b1")
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        found = reader.execute("select table_schema, table_type from information_schema.tables").fetchall()
        tickets = reader.execute("select count(*), min(hugeint_total) from core.fct_tickets").fetchone()
    assert {schema for schema, _ in found} == {"core", "kpis", "scorecards"}
    assert {kind for _, kind in found} == {"BASE TABLE"}
    assert tickets == (100, 100000000000000004951)
    assert publication.rows["core.fct_tickets"] == 100


def test_a_view_that_names_no_database_reads_the_snapshot_it_lies_in(settings: Settings) -> None:
    view = "create view kpis.kpi_evidence as select ticket_key, 'not build' as reason from core.fct_tickets"
    publication = build_and_publish(settings, "b1", sql=view)
    with duckdb.connect() as elsewhere:
        elsewhere.execute(f"attach '{settings.published / 'warehouse.duckdb'}' as other (read_only)")
        assert elsewhere.execute("select count(*) from other.kpis.kpi_evidence").fetchone() == (100,)
    assert "kpis.kpi_evidence" not in publication.rows
    assert not (settings.published / "parquet" / "kpis" / "kpi_evidence.parquet").exists()
    assert verify(settings.published, settings.secret_key()) == []


def test_a_view_that_names_the_build_is_refused(settings: Settings) -> None:
    write_build(settings, "b1", sql="create view kpis.bound as select * from build.core.fct_tickets")
    with pytest.raises(PublicationError, match=r"kpis\.bound names a database"):
        publish(settings, "b1")


def test_nothing_beside_the_marts_is_in_the_snapshot(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        schemas = reader.execute("select schema_name from duckdb_schemas() where not internal").fetchall()
    assert {schema for (schema,) in schemas} == {"core", "kpis", "scorecards"}


def test_a_build_file_full_of_replaced_rows_is_written_anew(settings: Settings) -> None:
    """As after an increment: tables were replaced. Comments and views must not be lost."""
    large = "create table kpis.large as select range as n, hash(range) as h from range(1_000_000);"
    sql = (
        f"{large} checkpoint; drop table kpis.large; checkpoint; create table kpis.small as select 1 as one;"
    )
    view = "create view kpis.kpi_evidence as select ticket_key from core.fct_tickets"
    publication = build_and_publish(settings, "b1", sql=f"{sql} {view}")
    served = settings.published / "warehouse.duckdb"
    assert publication.rows["kpis.small"] == 1
    assert served.stat().st_size < settings.build_file.stat().st_size / 2
    assert [path.name for path in publication.directory.iterdir() if "anew" in path.name] == []
    with duckdb.connect(str(served), read_only=True) as reader:
        ((comment,),) = reader.execute(
            "select comment from duckdb_columns() where column_name = 'hours' and table_name = 'fct_tickets'"
        ).fetchall()
        assert reader.execute("select count(*) from kpis.kpi_evidence").fetchone() == (100,)
    assert comment == "Hours until the resolution."


def test_rows_that_still_stand_in_the_log_of_the_build_are_published(settings: Settings) -> None:
    write_build(settings, "b1")
    died = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]);"
    died += " c.execute('create table kpis.late as select 1 as a'); os._exit(9)"
    subprocess.run([sys.executable, "-c", died, str(settings.build_file)], check=False)
    assert settings.build_file.with_name("build.duckdb.wal").exists()
    write_verdicts(settings, "b1")
    assert publish(settings, "b1").rows["kpis.late"] == 1


def test_comments_are_carried_into_the_snapshot(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        table = reader.execute(
            "select comment from duckdb_tables() where table_name = 'fct_tickets'"
        ).fetchone()
        column = reader.execute("select comment from duckdb_columns() where column_name = 'hours'").fetchone()
    assert table == ("One row per ticket; it's the grain.",)
    assert column == ("Hours until the resolution.",)


def test_parquet_holds_the_same_rows_exactly(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    file = settings.published / "parquet" / "core" / "fct_tickets.parquet"
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        columns = "ticket_key, hours, hugeint_total::varchar as total, opened_at, build_id"
        (missing,) = reader.execute(
            f"select count(*) from (select {columns} from core.fct_tickets"
            f" except all select {columns} from read_parquet('{file}'))"
        ).fetchone() or (None,)
    assert missing == 0


def test_files_are_readable_by_everybody_and_nothing_temporary_is_left(settings: Settings) -> None:
    directory = build_and_publish(settings, "b1").directory
    modes = {path.stat().st_mode & 0o777 for path in directory.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {path.stat().st_mode & 0o777 for path in [directory, *directory.rglob("*/")]} == {0o755}
    assert not list(settings.published.rglob(".tmp-*"))
    assert not list(settings.published.rglob("*.wal"))


def test_manifest_and_evidence_describe_the_build(settings: Settings) -> None:
    directory = build_and_publish(settings, "b1").directory
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    evidence = json.loads((directory / "evidence.json").read_text(encoding="utf-8"))
    snapshot = (directory / "warehouse.duckdb").read_bytes()
    assert manifest["files"]["warehouse.duckdb"] == {
        "sha256": hashlib.sha256(snapshot).hexdigest(),
        "bytes": len(snapshot),
    }
    assert set(manifest["files"]) >= {"index.html", "evidence.json", "parquet/core/fct_tickets.parquet"}
    assert manifest["tables"] == evidence["outputs"]
    assert evidence["control_totals"]["delivered_rows"] == 102
    assert evidence["inputs"][0]["file_sha256"] == "a" * 64
    assert evidence["formula_versions"]["nps"] == 1
    assert evidence["gates"]["core"]["verdict"]["warnings"] == ["core.dim_sources: topic_is_known"]
    assert evidence["parameters"]["as_of"] == "2026-11-01T00:00:00"


def test_rows_that_do_not_balance_are_not_published(settings: Settings) -> None:
    write_build(settings, "b1", sql="update raw.deliveries set landed_rows = landed_rows - 1")
    with pytest.raises(PublicationError, match=r"tickets\.csv: 102 rows delivered, 99 landed and 2"):
        publish(settings, "b1")
    assert not (settings.published / "current").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            "update core.fct_tickets set hours = hours + 1 where ticket_key = 'crm:T7'",
            "has changed since gate core",
        ),
        ("insert into kpis.dim_kpi select * from kpis.dim_kpi limit 1", "has changed since gate scorecards"),
        ("create table core.fct_unjudged as select 1 as one", "never judged core.fct_unjudged"),
    ],
)
def test_only_what_the_gates_passed_is_published(settings: Settings, change: str, reason: str) -> None:
    build_and_publish(settings, "b1")
    before = tree(settings.published)
    write_build(settings, "b2")
    change_build(settings, change)
    with pytest.raises(GateRefused, match=reason):
        publish(settings, "b2")
    assert tree(settings.published) == before


def test_a_build_without_verdict_is_refused_and_leaves_nothing(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    before = tree(settings.published)
    write_build(settings, "b2")
    (settings.warehouse / "verdicts" / "b2" / "scorecards.json").unlink()
    with pytest.raises(GateRefused, match="no verdict"):
        publish(settings, "b2")
    assert tree(settings.published) == before


def test_tables_outside_the_marts_are_judged_where_they_are(settings: Settings) -> None:
    write_build(settings, "b1")
    path = settings.warehouse / "verdicts" / "b1" / "core.json"
    verdict = json.loads(path.read_text(encoding="utf-8"))
    verdict["tables"].append({"table": "intermediate.int_numbers", "rows": 1, "hash": "0"})
    path.write_text(json.dumps(verdict), encoding="utf-8")
    with pytest.raises(GateRefused, match=r"intermediate\.int_numbers has changed .* 100 rows now"):
        publish(settings, "b1")


def test_the_same_build_again_does_nothing(settings: Settings) -> None:
    assert build_and_publish(settings, "b1").is_new
    before = tree(settings.published)
    again = publish(settings, "b1")
    assert not again.is_new
    assert tree(settings.published) == before
    assert again.head == audit.read(settings.published)[-1].head


def test_a_build_that_changed_after_publication_is_refused(settings: Settings) -> None:
    directory = build_and_publish(settings, "b1").directory
    (directory / "index.html").write_text("<p>better figures</p>", encoding="utf-8")
    with pytest.raises(PublicationError, match=r"index\.html was changed"):
        publish(settings, "b1")


def test_a_newer_build_replaces_the_served_one(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    build_and_publish(settings, "b2")
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        assert reader.execute("select distinct build_id from core.fct_tickets").fetchall() == [("b2",)]
    assert [line.kind for line in audit.read(settings.published)] == ["build_published"] * 2
    assert verify(settings.published, settings.secret_key()) == []


def test_an_unsafe_build_id_is_refused(settings: Settings) -> None:
    write_build(settings, "b1")
    for build_id in ("../b1", "", ".hidden", "a/b"):
        with pytest.raises(PublicationError, match="is no build id"):
            publish(settings, build_id)


def test_rewritten_verdicts_of_the_same_build_still_serve_it(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    write_verdicts(settings, "b1")
    assert not publish(settings, "b1").is_new


def test_the_page_of_a_build_links_from_the_published_folder(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    page = (settings.published / "index.html").read_text(encoding="utf-8")
    for link in ("warehouse.duckdb", "versions/b1/evidence.json", "versions/b1/manifest.json", "audit.jsonl"):
        assert f'href="{link}"' in page
        assert (settings.published / link).exists()
    assert "core.dim_sources: topic is known" in page
    assert "100 landed, 2 are in quarantine" in " ".join(page.split())


def test_a_copy_that_lost_a_row_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def copy_and_lose(source: Path, target: Path) -> None:
        copy_file(source, target)
        with duckdb.connect(str(target)) as connection:
            connection.execute("delete from core.fct_tickets where ticket_key = 'crm:T7'")

    monkeypatch.setattr(build_copy, "copy_file", copy_and_lose)
    write_build(settings, "b1")
    with pytest.raises(GateRefused, match=r"core\.fct_tickets has changed .* 99 rows now"):
        publish(settings, "b1")


def test_a_parquet_file_with_another_figure_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_change(
        connection: duckdb.DuckDBPyConnection, catalog: str, table: Table, directory: Path
    ) -> None:
        write_parquet(connection, catalog, table, directory)
        if table.name == "dim_kpi":
            rows = f"select * replace (label_en || ' ' as label_en) from {table.sql(catalog)}"
            connection.execute(f"copy ({rows}) to '{parquet_path(directory, table)}' (format parquet)")

    monkeypatch.setattr(build_copy, "write_parquet", write_and_change)
    write_build(settings, "b1")
    with pytest.raises(PublicationError, match=r"Parquet file of kpis\.dim_kpi does not hold the rows"):
        publish(settings, "b1")
