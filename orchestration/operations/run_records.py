"""Old runs of Dagster: their records and events go; the newest success of each job stays."""

from datetime import datetime, timedelta

import dagster as dg

from orchestration.settings import Settings

FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def old_runs(instance: dg.DagsterInstance, days: int, now: datetime) -> list[str]:
    """Ids of finished runs that were made more than `days` ago, oldest last.

    The newest success of every job stays: it is what the asset pages show as the last materialisation.
    """
    old = dg.RunsFilter(statuses=FINISHED, created_before=now - timedelta(days=days))
    records = instance.get_run_records(filters=old)
    jobs = {record.dagster_run.job_name for record in records}
    kept = {run_id for job in jobs for run_id in _newest_success(instance, job)}
    return [record.dagster_run.run_id for record in records if record.dagster_run.run_id not in kept]


def _newest_success(instance: dg.DagsterInstance, job: str) -> list[str]:
    of_job = dg.RunsFilter(job_name=job, statuses=[dg.DagsterRunStatus.SUCCESS])
    return [record.dagster_run.run_id for record in instance.get_run_records(filters=of_job, limit=1)]


def remove_old_runs(settings: Settings, days: int, now: datetime, *, dry: bool) -> int:
    """Remove old runs from the home's instance, SQLite or PostgreSQL; returns how many (would) go."""
    if not (settings.dagster_home / "dagster.yaml").exists():
        return 0
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        runs = old_runs(instance, days, now)
        for run_id in [] if dry else runs:
            instance.delete_run(run_id)
            # SQLite's event log has a file per run, which deleting the events leaves behind, empty.
            for suffix in ("", "-wal", "-shm"):
                shard = settings.dagster_home / "history" / "runs" / f"{run_id}.db{suffix}"
                shard.unlink(missing_ok=True)
        return len(runs)
