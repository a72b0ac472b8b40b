"""The audit log: one signed line per publication, and every way of changing it is noticed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.publishing import audit
from orchestration.publishing.verification import verify
from orchestration.scorecards.publish import publish_scorecards
from orchestration.settings import Settings
from tests.publishing.synthetic import NOW, build_and_publish, publish, settings_in, write_build


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two builds and the monthly scorecards, all of it verified; tests change copies."""
    settings = settings_in(tmp_path_factory.mktemp("original"))
    build_and_publish(settings, "b1")
    build_and_publish(settings, "b2")
    publish_scorecards(settings, "monthly", NOW)
    assert verify(settings.published, settings.secret_key()) == []
    return settings.home


@pytest.fixture
def published(settings: Settings, original: Path) -> Path:
    shutil.copytree(original, settings.home, symlinks=True)
    return settings.published


def problems(settings: Settings, head: str | None = None) -> list[str]:
    return [str(problem) for problem in verify(settings.published, settings.secret_key(), head)]


def log_lines(published: Path) -> list[str]:
    return audit.log_path(published).read_text(encoding="utf-8").splitlines()


def write_log(published: Path, lines: list[str]) -> None:
    audit.log_path(published).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_a_changed_line_is_named(settings: Settings, published: Path) -> None:
    lines = log_lines(published)
    lines[0] = lines[0].replace('"build_id":"b1"', '"build_id":"b3"')
    write_log(published, lines)
    assert "audit.jsonl line 1: was changed: its signature does not fit" in problems(settings)


@pytest.mark.parametrize("gone", [0, 1])
def test_a_removed_line_is_noticed(settings: Settings, published: Path, gone: int) -> None:
    lines = log_lines(published)
    del lines[gone]
    write_log(published, lines)
    where = f"audit.jsonl line {gone + 1}: does not follow the line before"
    assert any(problem.startswith(where) for problem in problems(settings))


def test_a_line_that_is_no_line_is_named(settings: Settings, published: Path) -> None:
    lines = log_lines(published)
    lines[1] = "{}"
    write_log(published, lines)
    assert "audit.jsonl line 2: is no audit line" in problems(settings)


def test_a_cut_log_is_noticed_by_a_known_head(settings: Settings, published: Path) -> None:
    line = audit.read(published)[-1]
    write_log(published, log_lines(published)[:-1])
    shutil.rmtree(published / "scorecards")
    assert problems(settings) == []
    assert problems(settings, line.head) == [
        f"audit.jsonl: does not hold line {line.head}: the log was cut or written anew"
    ]


def test_a_log_written_anew_without_the_key_is_noticed(settings: Settings, published: Path) -> None:
    audit.log_path(published).unlink()
    key = b"another key of sixteen bytes"
    for build_id in ("b1", "b2"):
        audit.append(published, key, kind=audit.BUILD_PUBLISHED, now=NOW, build_id=build_id, payload={})
    assert "audit.jsonl line 1: was changed: its signature does not fit" in problems(settings)


@pytest.mark.parametrize(
    ("folder", "file", "reported"),
    [
        ("versions/b1", "warehouse.duckdb", ": warehouse.duckdb was changed"),
        ("versions/b2", "parquet/core/fct_tickets.parquet", ": parquet/core/fct_tickets.parquet was changed"),
        ("versions/b2", "index.html", ": index.html was changed"),
        ("versions/b2", "evidence.json", "/evidence.json: is not the file that the log names"),
        ("versions/b1", "manifest.json", "/manifest.json: is not the file that the log names"),
        ("scorecards/executive/2026-10/v1", "scorecard.html", "/scorecard.html: was changed"),
        ("scorecards/team/crm.TEAM1/2026-09/v1", "scorecard.json", "/scorecard.json: was changed"),
        ("scorecards", "index.html", "/index.html: was changed"),
    ],
)
def test_a_changed_file_is_named(
    settings: Settings, published: Path, folder: str, file: str, reported: str
) -> None:
    path = published / folder / file
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert folder + reported in problems(settings)


def test_removed_and_added_files_are_named(settings: Settings, published: Path) -> None:
    (published / "scorecards/executive/2026-10/v1/scorecard.json").unlink()
    (published / "versions/b1/index.html").unlink()
    (published / "versions/b1/extra.txt").write_text("x", encoding="utf-8")
    (published / "scorecards/executive/2026-10/v2").mkdir()
    (published / "scorecards/executive/2026-10/v2/scorecard.html").write_text("x", encoding="utf-8")
    (published / "versions/b9").mkdir()
    found = problems(settings)
    assert "scorecards/executive/2026-10/v1/scorecard.json: is missing" in found
    assert "scorecards/executive/2026-10/v2/scorecard.html: is not in the log" in found
    assert "versions/b1: index.html is missing" in found
    assert "versions/b1: extra.txt was added" in found
    assert "versions/b9: is not in the log" in found


def serve_unannounced(published: Path) -> None:
    (published / "current").unlink()
    (published / "current").symlink_to("versions/b1")


def serve_nothing(published: Path) -> None:
    (published / "current").unlink()
    (published / "current").symlink_to("versions/b7")


def replace_fixed_name(published: Path) -> None:
    (published / "warehouse.duckdb").unlink()
    (published / "warehouse.duckdb").symlink_to("versions/b1/warehouse.duckdb")


def take_verdict_away(published: Path) -> None:
    path = published / "versions/b2/evidence.json"
    evidence = json.loads(path.read_text(encoding="utf-8"))
    evidence["gates"]["scorecards"]["passed"] = False
    path.write_text(json.dumps(evidence), encoding="utf-8")


@pytest.mark.parametrize(
    ("tamper", "reported"),
    [
        (serve_unannounced, "current: leads to build b1, the log says b2"),
        (serve_nothing, "current: leads to no build"),
        (replace_fixed_name, "warehouse.duckdb: is not the link into the current build"),
        (take_verdict_away, "versions/b2: the evidence has no passing verdict of gate scorecards"),
    ],
)
def test_what_is_served_is_what_was_announced(
    settings: Settings, published: Path, tamper: Callable[[Path], None], reported: str
) -> None:
    tamper(published)
    assert reported in problems(settings)


def test_a_second_announcement_of_the_served_build_is_noticed(settings: Settings, published: Path) -> None:
    key = settings.secret_key()
    payload = dict(audit.read(published)[1].payload)
    audit.append(published, key, kind=audit.BUILD_PUBLISHED, now=NOW, build_id="b2", payload=payload)
    assert "audit.jsonl: the served build b2 has 2 build_published lines, not one" in problems(settings)


def test_a_torn_last_line_is_recognised_and_repaired(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    whole = audit.log_path(settings.published).read_bytes()
    with audit.log_path(settings.published).open("ab") as log:
        log.write(whole[:50])
    assert problems(settings) == ["audit.jsonl: its last line is torn; the next publication repairs it"]
    write_build(settings, "b2")
    publish(settings, "b2")
    assert audit.log_path(settings.published).read_bytes().startswith(whole)
    assert [line.sequence for line in audit.read(settings.published)] == [1, 2]
    assert problems(settings) == []


def test_the_head_names_the_newest_line(settings: Settings, published: Path) -> None:
    head = audit.read(published)[-1].head
    assert problems(settings, head) == []
    assert head.startswith("3:")
