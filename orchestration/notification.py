"""Tell people: every apprise address in `WAREHOUSE_NOTIFY` gets the message."""

from orchestration.publishing import audit
from orchestration.settings import Settings


def notify(settings: Settings, *, title: str, message: str) -> str | None:
    """Send `message` with the audit log's head, so that a rewritten chain is noticed outside.

    Returns one line when an address did not take it, None otherwise; without addresses nothing is sent.
    """
    if not settings.notify_addresses:
        return None
    import apprise  # noqa: PLC0415 - slow to import, and rarely needed

    channel = apprise.Apprise()
    addresses = settings.notify_addresses
    rejected = [address.split(":")[0] for address in addresses if not channel.add(address)]
    lines = audit.read(settings.published)
    body = f"{message}\n\nAudit head: {lines[-1].head if lines else 'none yet'}"
    delivered = bool(len(channel)) and bool(channel.notify(title=title, body=body))
    if delivered and not rejected:
        return None
    which = ", ".join(rejected) or "the channel's"
    return f"A notification was not delivered everywhere; look at {which} address."
