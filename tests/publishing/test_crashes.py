"""A publication killed at any of its steps leaves the old build or the new one, and the next run mends it."""

import multiprocessing
import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.publishing import audit, batch, files, serving, snapshot
from orchestration.publishing.files import PublicationError
from orchestration.publishing.verification import verify
from orchestration.scorecards import stage
from orchestration.scorecards.publish import publish_scorecards
from orchestration.settings import Settings
from tests.publishing.synthetic import NOW, build_and_publish, publish, settings_in, write_build
from tests.publishing.test_snapshot import tree


def die(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(function: Callable[..., Any]) -> Callable[..., None]:
    def wrapped(*arguments: Any, **options: Any) -> None:
        function(*arguments, **options)
        die()

    return wrapped


def killed_while(
    action: Callable[[Settings], object], module: Any, step: str, home: Path, after: bool
) -> None:
    """Run `action` in a process of its own that kills itself at a step."""

    def run() -> None:
        setattr(module, step, die_after(getattr(module, step)) if after else die)
        action(settings_in(home))

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def publish_second_build(settings: Settings) -> None:
    publish(settings, "b2")


def publish_monthly(settings: Settings) -> None:
    publish_scorecards(settings, "monthly", NOW)


def served(settings: Settings) -> list[tuple[str]]:
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        return reader.execute("select distinct build_id from core.fct_tickets").fetchall()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build b1 is served, build b2 is ready to be published."""
    settings = settings_in(tmp_path_factory.mktemp("original"))
    build_and_publish(settings, "b1")
    write_build(settings, "b2")
    return settings.home


@pytest.fixture
def ready(settings: Settings, original: Path) -> Settings:
    shutil.copytree(original, settings.home, symlinks=True)
    return settings


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("module", "step", "serves_new"),
    [
        (snapshot, "copy_build", (False, False)),
        (snapshot, "verify_parquet", (False, False)),
        (snapshot, "write_manifest", (False, False)),
        (snapshot, "sync_all", (False, False)),
        (snapshot, "serve", (False, True)),
        (serving, "point_link", (False, True)),
        (serving, "_log", (True, True)),
    ],
)
def test_a_killed_publication_leaves_old_or_new(
    ready: Settings, module: Any, step: str, serves_new: tuple[bool, bool], after: bool
) -> None:
    killed_while(publish_second_build, module, step, ready.home, after)
    assert served(ready) == [("b2" if serves_new[after] else "b1",)]
    publish(ready, "b2")
    assert served(ready) == [("b2",)]
    kinds = [(line.kind, line.build_id) for line in audit.read(ready.published)]
    assert kinds == [("build_published", "b1"), ("build_published", "b2")]
    assert verify(ready.published, ready.secret_key()) == []
    assert not list(ready.published.rglob(".tmp-*"))


def test_the_next_publication_of_another_build_completes_the_line_of_the_dead_one(ready: Settings) -> None:
    killed_while(publish_second_build, serving, "_log", ready.home, False)
    build_and_publish(ready, "b3")
    lines = audit.read(ready.published)
    assert [(line.kind, line.build_id) for line in lines] == [
        ("build_published", b) for b in ("b1", "b2", "b3")
    ]
    assert lines[1].payload["recovered"] is True
    assert verify(ready.published, ready.secret_key()) == []


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("module", "step"),
    [
        (stage, "_stage"),
        (batch, "sync_all"),
        (batch, "_put_in_place"),
        (audit, "append"),
        (files, "sync"),
    ],
)
def test_killed_scorecards_are_all_published_or_none(
    ready: Settings, module: Any, step: str, after: bool
) -> None:
    killed_while(publish_monthly, module, step, ready.home, after)
    summary = publish_scorecards(ready, "monthly", NOW)
    assert summary.written + summary.unchanged == 42
    assert len(list((ready.published / "scorecards").rglob("scorecard.html"))) == 42
    assert [line.kind for line in audit.read(ready.published)] == ["build_published", "scorecards_published"]
    assert verify(ready.published, ready.secret_key()) == []
    assert not list(ready.published.rglob(".tmp-*"))


def test_a_full_disk_is_one_clear_message_and_harms_nothing(ready: Settings) -> None:
    before = tree(ready.published)

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(PublicationError, match=f"Nothing new is served from {ready.published}"):
            publish_second_build(ready)
        os._exit(7)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == 7
    assert tree(ready.published) == before
    publish(ready, "b2")
    assert served(ready) == [("b2",)]


def test_a_missing_build_file_is_said(settings: Settings) -> None:
    with pytest.raises(PublicationError, match=r"build\.duckdb"):
        publish(settings, "b1")
    assert [path.name for path in settings.published.iterdir()] == []
