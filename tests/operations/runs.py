"""Runs of small jobs: one that succeeds, one that fails, one whose process is killed in the middle."""

import multiprocessing
import os
import signal
import time

import dagster as dg


def job_of(name: str, *, succeeds: bool = True, dies: bool = False) -> dg.JobDefinition:
    """A job of one step in the pool of the warehouse."""

    @dg.op(name=f"op_of_{name}", pool="warehouse")
    def work() -> None:
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        if not succeeds:
            raise ValueError

    return dg.GraphDefinition(name=name, node_defs=[work]).to_job()


def run_of(instance: dg.DagsterInstance, name: str, *, succeeds: bool) -> str:
    """Run a job to its end; returns the run's id."""
    job = job_of(name, succeeds=succeeds)
    return job.execute_in_process(instance=instance, raise_on_error=False).run_id


def _die(reference: object) -> None:
    with dg.DagsterInstance.from_ref(reference) as instance:  # type: ignore[arg-type]
        job_of("killed", dies=True).execute_in_process(instance=instance)


def run_that_was_killed(instance: dg.DagsterInstance) -> str:
    """A run whose process died in its step, holding the pool's slot; returns its id."""
    process = multiprocessing.get_context("spawn").Process(target=_die, args=(instance.get_ref(),))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    (run,) = instance.get_runs(filters=dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED]))
    storage = instance.event_log_storage
    storage.claim_concurrency_slot("warehouse", run.run_id, "op_of_killed")
    deadline = time.monotonic() + 10
    while storage.claim_concurrency_slot("warehouse", "another", "step").is_claimed:
        storage.free_concurrency_slots_for_run("another")
        assert time.monotonic() < deadline, "the dead run holds no slot"
    storage.free_concurrency_slots_for_run("another")
    return run.run_id
