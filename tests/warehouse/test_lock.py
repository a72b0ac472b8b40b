"""One refresh at a time: a second one waits at the shell and refuses in a step, and names who is at work."""

import errno
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from orchestration.warehouse.lock import (
    WarehouseLockedError,
    WarehouseNotWritableError,
    claim_refresh,
    release_refresh,
    writer_lock,
)

CONTEXT = multiprocessing.get_context("spawn")


def refresh_elsewhere(warehouse: Path, claimed: Event, done: Event) -> None:
    claim_refresh(warehouse, holder="run 4711")
    claimed.set()
    done.wait(60)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "warehouse"
    release_refresh(tmp_path / "warehouse")


@pytest.fixture
def other(warehouse: Path) -> Iterator[Event]:
    """Another process refreshes until the event is set."""
    claimed, done = CONTEXT.Event(), CONTEXT.Event()
    process = CONTEXT.Process(target=refresh_elsewhere, args=(warehouse, claimed, done))
    process.start()
    assert claimed.wait(60)
    yield done
    done.set()
    process.join(60)


def test_a_second_refresh_refuses_at_once_and_names_the_first(warehouse: Path, other: Event) -> None:
    started = time.monotonic()
    with pytest.raises(WarehouseLockedError, match=r"being refreshed by run 4711 \(process \d+, since"):
        claim_refresh(warehouse, holder="run 4712")
    assert time.monotonic() - started < 1


def test_a_refresh_that_may_wait_says_for_whom_once_and_follows(warehouse: Path, other: Event) -> None:
    said: list[str] = []

    def told(line: str) -> None:
        said.append(line)
        other.set()

    claim_refresh(warehouse, holder="run 4712", wait_seconds=30, told=told)
    assert len(said) == 1
    assert "Waiting for run 4711 (process " in said[0]


def test_publishing_scorecards_need_not_wait_for_a_whole_refresh(warehouse: Path, other: Event) -> None:
    with writer_lock(warehouse, holder="run 4713", wait_seconds=0):
        pass


def test_a_claim_is_the_process_s_own_and_can_be_given_back(warehouse: Path) -> None:
    claim_refresh(warehouse, holder="run 1")
    claim_refresh(warehouse, holder="run 2")
    release_refresh(warehouse)
    release_refresh(warehouse)
    assert (warehouse / "refresh.lock").read_text() == ""
    claim_refresh(warehouse, holder="run 3")
    assert "run 3" in (warehouse / "refresh.lock").read_text()


def test_a_full_disk_is_told_with_its_place(warehouse: Path) -> None:
    with pytest.raises(WarehouseNotWritableError) as error, writer_lock(warehouse, holder="run 1"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(error.value).startswith(f"{warehouse}: No space left on device; make room")
    with pytest.raises(FileNotFoundError), writer_lock(warehouse, holder="run 1"):
        raise FileNotFoundError(errno.ENOENT, "No such file", "seed.csv")
