"""The two ways in which landing stops: a file that cannot be taken, and a machine that cannot go on."""


class FileRejectedError(Exception):
    """A delivered file breaks its contract as a whole; the reason never holds a delivered value."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LandingError(RuntimeError):
    """Landing itself cannot go on (disk, rights, damaged landing); the message says what to do next."""


def printable(name: str, limit: int = 60) -> str:
    """A name from outside as harmless text: control characters escaped, cut at `limit` characters."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."
