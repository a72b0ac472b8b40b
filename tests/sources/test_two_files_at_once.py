"""Files of a source land two at a time; the outcome is that of one after the other."""

import shutil

from tests.sources.landing_room import HEADER, LandingRoom, row


def test_copies_of_one_file_under_three_names_land_once(room: LandingRoom) -> None:
    first = room.deliver("tickets_1.csv", HEADER + row(1) + row(2))
    for name in ("tickets_2.csv", "tickets_3.csv"):
        shutil.copyfile(first, first.with_name(name))
    deliveries = room.land()
    assert [item.is_new for item in deliveries] == [True, False, False]
    assert {item.file_name for item in deliveries} == {"tickets_1.csv"}
    assert [item.landed_rows for item in deliveries] == [2, 2, 2]


def test_files_are_numbered_in_name_order_whichever_is_done_first(room: LandingRoom) -> None:
    room.deliver("tickets_1.csv", HEADER + "".join(row(number) for number in range(100_000)))
    for number in range(2, 8):
        room.deliver(f"tickets_{number}.csv", HEADER + row(number))
    assert [(item.file_name, item.sequence) for item in room.land()] == [
        (f"tickets_{number}.csv", number) for number in range(1, 8)
    ]
