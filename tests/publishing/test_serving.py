"""Going back to an earlier build, how many are kept, and the command line that does and checks it."""

import fcntl
import os

import duckdb
import pytest

from orchestration.publishing import audit
from orchestration.publishing.__main__ import main
from orchestration.publishing.files import PublicationError, publishing_alone
from orchestration.publishing.manifest import current_build
from orchestration.publishing.serving import roll_back
from orchestration.publishing.verification import verify
from orchestration.settings import Settings
from tests.publishing.synthetic import KEY, NOW, build_and_publish, publish, write_build


@pytest.fixture
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("WAREHOUSE_HOME", str(settings.home))
    monkeypatch.setenv("WAREHOUSE_KEY", KEY)
    return settings


def kinds(settings: Settings) -> list[tuple[str, str]]:
    return [(line.kind, line.build_id) for line in audit.read(settings.published)]


def test_rolling_back_serves_the_earlier_build_and_says_so(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    build_and_publish(settings, "b2")
    roll_back(settings, "b1", NOW)
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        assert reader.execute("select distinct build_id from core.fct_tickets").fetchall() == [("b1",)]
    assert kinds(settings)[-1] == ("rolled_back", "b1")
    assert verify(settings.published, settings.secret_key()) == []


def test_publishing_a_build_that_was_rolled_back_serves_it_again(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    build_and_publish(settings, "b2")
    roll_back(settings, "b1", NOW)
    assert publish(settings, "b2").is_new
    assert current_build(settings.published) == "b2"
    assert kinds(settings)[-1] == ("build_restored", "b2")
    assert verify(settings.published, settings.secret_key()) == []


def test_a_changed_build_cannot_be_rolled_back_to(settings: Settings) -> None:
    directory = build_and_publish(settings, "b1").directory
    build_and_publish(settings, "b2")
    (directory / "evidence.json").write_text("{}", encoding="utf-8")
    with pytest.raises(PublicationError, match=r"b1 has changed: evidence\.json was changed"):
        roll_back(settings, "b1", NOW)
    assert current_build(settings.published) == "b2"


def test_old_builds_are_removed_but_never_the_served_one_and_their_evidence_stays(settings: Settings) -> None:
    for number in range(4):
        write_build(settings, f"b{number}")
        publish(settings, f"b{number}", builds_kept=2)
    published = settings.published
    assert sorted(path.name for path in (published / "versions").iterdir()) == ["b2", "b3"]
    assert (published / "retired" / "b0" / "evidence.json").is_file()
    retired = [line.payload["builds"] for line in audit.read(published) if line.kind == "builds_retired"]
    assert retired == [["b0"], ["b1"]]
    assert verify(published, settings.secret_key()) == []
    (published / "retired" / "b0" / "evidence.json").write_text("{}", encoding="utf-8")
    assert [problem.where for problem in verify(published, settings.secret_key())] == [
        "retired/b0/evidence.json"
    ]


def test_a_build_rolled_back_to_counts_as_recently_served(settings: Settings) -> None:
    for number in range(3):
        build_and_publish(settings, f"b{number}")
    roll_back(settings, "b0", NOW)
    write_build(settings, "b3")
    publish(settings, "b3", builds_kept=2)
    assert sorted(path.name for path in (settings.published / "versions").iterdir()) == ["b0", "b3"]


def test_a_second_publisher_is_told_so(settings: Settings) -> None:
    build_and_publish(settings, "b1")
    descriptor = os.open(settings.published, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with (
        pytest.raises(PublicationError, match="Another process is publishing"),
        publishing_alone(settings.published, wait_seconds=0.2),
    ):
        pass
    os.close(descriptor)
    with publishing_alone(settings.published, wait_seconds=0):
        pass


def test_the_command_line_lists_rolls_back_and_verifies(
    environment: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    build_and_publish(environment, "b1")
    build_and_publish(environment, "b2")
    assert main(["list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["b2", "b1"]
    assert main(["rollback", "b1"]) == 0
    assert "Build b1 is served. Audit head 3:" in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert "verifies: 3 audit lines" in capsys.readouterr().out
    assert main(["verify", "--head", "9:abc"]) == 1
    assert "does not hold line 9:abc" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["rollback", "b9"], "Build b9 cannot be served"),
        (["rollback", "b1"], "Build b1 is served now"),
        (["rollback", "../b1"], "is no build id"),
    ],
)
def test_errors_of_the_command_line_are_one_line(
    environment: Settings, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    build_and_publish(environment, "b1")
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line
