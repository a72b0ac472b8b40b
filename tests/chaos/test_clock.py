"""A clock that is set back: what is served is told by the log's order, never by its times."""

from datetime import timedelta
from pathlib import Path

from orchestration.publishing import audit
from orchestration.publishing.manifest import current_build
from orchestration.publishing.verification import verify
from tests.chaos.small_home import settings_of
from tests.publishing.synthetic import NOW, build_and_publish, publish, write_build

A_DAY = timedelta(days=1)


def test_a_clock_set_back_serves_keeps_and_verifies_the_newest_build(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    build_and_publish(settings, "b1")
    write_build(settings, "b2")
    publish(settings, "b2", now=NOW - A_DAY, builds_kept=1)
    assert current_build(settings.published) == "b2"
    assert [path.name for path in (settings.published / "versions").iterdir()] == ["b2"]
    assert verify(settings.published, settings.secret_key()) == []
    assert [line.sequence for line in audit.read(settings.published)] == [1, 2, 3]
