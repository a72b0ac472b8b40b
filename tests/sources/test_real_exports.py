"""The real exports land whole: every delivered row, none in quarantine, with the reach of their stamps."""

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import CONTRACTS_DIR
from orchestration.sources.contract import load_contracts
from orchestration.sources.landing import land_source
from orchestration.sources.manifest import parquet_path
from tests.sources.landing_room import KEY

ROWS = {
    "uci_incident/incident_event_log.csv": 119_998,
    "flipkart_csat/shopzilla_support_test_split.csv": 17_182,
    "cfpb/Consumer_Complaints.csv": 8_340,
    "olist/olist_customers_dataset.csv": 8_135,
    "olist/olist_orders_dataset.csv": 8_135,
    "olist/olist_order_items_dataset.csv": 8_365,
    "olist/olist_order_payments_dataset.csv": 8_924,
    "olist/olist_order_reviews_dataset.csv": 8_225,
    "olist/olist_products_dataset.csv": 5_460,
    "olist/olist_sellers_dataset.csv": 1_610,
}
# Figures that a lost, swapped or misread column would change; computed from the files with pandas.
FIGURES = {
    "uci_incident/incident_event_log.csv": (
        "select count(distinct incident_number), count(closed_at), cast(max(sys_updated_at) as varchar)"
        " from landed",
        (20_769, 119_998, "2017-02-15 15:00:00"),
    ),
    "flipkart_csat/shopzilla_support_test_split.csv": (
        "select sum(csat_score), count(item_price), cast(max(issue_responded_at) as varchar) from landed",
        (72_982, 3_452, "2023-08-31 23:59:00"),
    ),
    "cfpb/Consumer_Complaints.csv": (
        "select count(*) filter (where is_timely_response), count(is_consumer_disputed),"
        " cast(max(received_on) as varchar) from landed",
        (8_179, 1_047, "2014-11-13"),
    ),
    "olist/olist_order_reviews_dataset.csv": (
        "select sum(review_score), count(review_comment_message), cast(max(review_answered_at) as varchar)"
        " from landed",
        (26_909, 4_113, "2018-10-22 03:33:14"),
    ),
}


@pytest.mark.parametrize("file", ROWS)
def test_a_real_export_lands_whole(real_data: Path, tmp_path: Path, file: str) -> None:
    source = file.split("/", maxsplit=1)[0]
    inbox = tmp_path / "inbox" / source
    inbox.mkdir(parents=True)
    shutil.copy(real_data / file, inbox)
    (delivery,) = land_source(
        load_contracts(CONTRACTS_DIR)[source],
        inbox=tmp_path / "inbox",
        landing=tmp_path / "landing",
        quarantine=tmp_path / "quarantine",
        vault=tmp_path / "vault",
        key=KEY,
    )
    assert (delivery.status, delivery.reason) == ("landed", "")
    assert (delivery.delivered_rows, delivery.landed_rows, delivery.quarantined_rows) == (
        ROWS[file],
        ROWS[file],
        0,
    )
    assert delivery.duplicate_keys == 0
    path = parquet_path(tmp_path / "landing", delivery)
    connection = duckdb.connect()
    rows = f"read_parquet('{path}', file_row_number = true)"
    in_order = connection.execute(f"select bool_and(_row_number = file_row_number + 1) from {rows}")
    assert in_order.fetchone() == (True,)
    if file in FIGURES:
        query, expected = FIGURES[file]
        connection.execute(f"create view landed as from read_parquet('{path}')")
        assert connection.execute(query).fetchone() == expected
