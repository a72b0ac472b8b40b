"""When the jobs run by themselves, in the reporting time zone; switched on in the UI or in `dagster.yaml`."""

import dagster as dg

from orchestration.settings import load_settings


@dg.definitions
def schedules() -> dg.Definitions:
    """Refresh every night; publish weeks on Mondays, longer periods on the second day after them."""
    zone = load_settings().reporting_time_zone
    plan = (
        ("refresh_warehouse_daily", "refresh_warehouse", "0 5 * * *"),
        ("publish_scorecards_every_week", "publish_scorecards_weekly", "0 7 * * MON"),
        ("publish_scorecards_every_month", "publish_scorecards_monthly", "30 7 2 * *"),
        ("publish_scorecards_every_quarter", "publish_scorecards_quarterly", "0 8 2 1,4,7,10 *"),
        ("publish_scorecards_every_half_year", "publish_scorecards_half_yearly", "30 8 2 1,7 *"),
        ("publish_scorecards_every_year", "publish_scorecards_yearly", "0 9 2 1 *"),
    )
    return dg.Definitions(
        schedules=[
            dg.ScheduleDefinition(name=name, job_name=job, cron_schedule=cron, execution_timezone=zone)
            for name, job, cron in plan
        ]
    )
