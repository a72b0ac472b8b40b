"""A full or read-only disk gives one message with its path and harms nothing served; mended, all is well."""

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from orchestration.publishing.files import PublicationError
from orchestration.publishing.verification import verify
from orchestration.settings import Settings
from orchestration.sources.manifest import read_deliveries
from orchestration.sources.rejection import LandingError
from tests.chaos.disks import disk_at, full, needs_mounts, read_only
from tests.chaos.invariants import broken_invariants, undisturbed
from tests.chaos.small_home import copy_of, land, make_home, next_run, publish_next, scorecards
from tests.end_to_end.project import tree_state

Fault = Callable[[Path], AbstractContextManager[None]]
FAULTS = pytest.mark.parametrize(
    ("fault", "words"), [(full, "No space left on device"), (read_only, "Read-only file system")]
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    needs_mounts()
    return make_home(tmp_path / "home")


@FAULTS
def test_a_landing_that_cannot_write_says_where_and_lands_once_mended(
    settings: Settings, tmp_path: Path, fault: Fault, words: str
) -> None:
    folder = settings.landing
    folder.mkdir(mode=0o700)
    undisturbed_home = copy_of(settings, tmp_path / "undisturbed")
    next_run(undisturbed_home)
    with disk_at(folder, megabytes=8):
        with fault(folder), pytest.raises(LandingError) as error:
            land(settings)
        # Of two files that land at once, either says it first: by the system's words or by the engine's.
        assert str(error.value).startswith(f"Landing stopped: {settings.landing}")
        assert re.search(rf"{words}|the engine gave up with IOException", str(error.value))
        assert "make room" in str(error.value)
        assert [item for item in read_deliveries(settings.landing) if item.status == "landed"] == []
    next_run(settings)
    assert broken_invariants(settings, undisturbed(undisturbed_home)) == []


@FAULTS
@pytest.mark.parametrize("step", [publish_next, scorecards])
def test_a_publication_that_cannot_write_leaves_what_is_served(
    settings: Settings, tmp_path: Path, fault: Fault, words: str, step: Callable[[Settings], None]
) -> None:
    undisturbed_home = copy_of(settings, tmp_path / "undisturbed")
    next_run(undisturbed_home)
    with disk_at(settings.published, megabytes=16):
        before = tree_state(settings.published)
        with fault(settings.published), pytest.raises(PublicationError) as error:
            step(settings)
        assert str(error.value).startswith(f"Nothing new is served from {settings.published}")
        assert words in str(error.value)
        assert tree_state(settings.published) == before
        assert verify(settings.published, settings.secret_key()) == []
    next_run(settings)
    assert broken_invariants(settings, undisturbed(undisturbed_home)) == []


def test_a_full_disk_is_full_and_a_read_only_one_cannot_be_written(tmp_path: Path) -> None:
    needs_mounts()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "kept").write_text("kept")
    with disk_at(folder, megabytes=1):
        with full(folder), pytest.raises(OSError, match="No space"):
            (folder / "new").write_bytes(b"x" * 4096)
        with read_only(folder), pytest.raises(OSError, match="Read-only"):
            (folder / "new").write_text("x")
        assert os.path.ismount(folder)
    assert not os.path.ismount(folder)
    assert (folder / "kept").read_text() == "kept"
