"""Hold the last day of tickets back from a demo's files, and deliver it as the files of one more day."""

from pathlib import Path

import duckdb

BOM = b"\xef\xbb\xbf"
TABLES = ("tickets", "ticket_events", "ticket_stages")


def hold_last_day(inbox: Path) -> dict[Path, bytes]:
    """Take the last day's tickets, events and stages out of `inbox`; returns the files that bring them."""
    folder = inbox / "crm"
    month = max(path.stem.removeprefix("tickets_") for path in folder.glob("tickets_*.csv"))
    paths = {table: folder / f"{table}_{month}.csv" for table in TABLES}
    with duckdb.connect() as connection:
        for table, path in paths.items():
            rows = f"read_csv('{path}', header = true, all_varchar = true, quote = '\"', escape = '\"')"
            connection.execute(f"create table {table} as from {rows}")
        ((day,),) = connection.execute("select max(created)[:10] from tickets").fetchall()
        connection.execute("create table held as select ticket_id from tickets where created[:10] = ?", [day])
        later = {}
        for table, path in paths.items():
            late, early = (_csv(connection, table, path, word) for word in ("in", "not in"))
            path.write_bytes(early)
            later[folder / f"{table}_{day.replace('-', '')}.csv"] = late
    return later


def deliver(files: dict[Path, bytes]) -> None:
    """Put held files into the inbox."""
    for path, content in files.items():
        path.write_bytes(content)


def _csv(connection: duckdb.DuckDBPyConnection, table: str, path: Path, word: str) -> bytes:
    target = path.with_suffix(".part")
    rows = f"select * from {table} where ticket_id {word} (select ticket_id from held)"
    connection.execute(f"copy ({rows}) to '{target}' (format csv, header, force_quote *)")
    content = BOM + target.read_bytes()
    target.unlink()
    return content
