"""The Dagster instance: its file is understood, its storage answers, and its tables are of this version."""

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError

from orchestration.doctor.finding import Finding, fault, ok
from orchestration.settings import Settings


def check_dagster_home(settings: Settings) -> list[Finding]:
    """Open the instance that the home's `dagster.yaml` describes, PostgreSQL included, and ask it."""
    instance_file = settings.dagster_home / "dagster.yaml"
    if not instance_file.exists():
        return [ok("dagster", "no instance yet; the first run makes it")]
    try:
        with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
            runs = instance.get_runs_count()
            storages = (instance.run_storage, instance.event_log_storage, instance.schedule_storage)
            versions = [storage.alembic_version() for storage in storages if storage]
    except (SQLAlchemyError, OSError) as error:
        mend = "start the database, and look at the variables that dagster.yaml names"
        return [
            fault("dagster", f"the storage of {instance_file} does not answer: {_first_line(error)}", mend)
        ]
    except (dg.DagsterError, ImportError, ValueError) as error:
        mend = "correct it, or remove it: the next run puts the default in its place"
        return [fault("dagster", f"{instance_file} is not understood: {_first_line(error)}", mend)]
    if any(found and found[0] != found[1] for found in versions):
        mend = "stop the services, then: dagster instance migrate"
        return [fault("dagster", "its tables are of another version of Dagster", mend)]
    return [ok("dagster", f"{type(storages[0]).__name__} answers, {runs} runs")]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
