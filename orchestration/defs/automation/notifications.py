"""A failed step or a red gate is told to somebody: the log, and any channel that apprise knows."""

import dagster as dg

from orchestration.notification import notify
from orchestration.settings import load_settings


@dg.failure_hook(name="notify_failure")
def notify_failure(context: dg.HookContext) -> None:
    """Send one message per failed step; a refused gate's reason is its first line."""
    error = context.op_exception
    reason = getattr(error, "description", None) or str(error) or "no reason given"
    message = f"{context.job_name}: {context.op.name} failed. {reason}"
    context.log.error(message)
    problem = notify(load_settings(), title=f"{context.job_name} failed", message=message)
    if problem:
        context.log.warning(problem)
