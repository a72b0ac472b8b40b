"""The reference itself gives the known answers of the catalogue, so agreeing with it means something."""

from datetime import UTC, date, datetime, timedelta

from tests.clocks.calendars_by_minute import MinuteCalendar, Shift
from tests.clocks.random_company import week

ALL_DAYS = (1, 2, 3, 4, 5, 6, 7)


def stamp(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_friday_afternoon_to_monday_morning_are_three_hours() -> None:
    office = MinuteCalendar("office", "UTC", week(1, 2, 3, 4, 5, starts="09:00", ends="18:00"))
    assert office.seconds(stamp("2015-05-08 16:00"), stamp("2015-05-11 10:00")) == 3 * 3600
    assert office.after(stamp("2015-05-08 16:00"), 3 * 3600) == stamp("2015-05-11 10:00")
    assert office.after(stamp("2015-05-08 16:00"), 2 * 3600) == stamp("2015-05-08 18:00")
    assert office.closing(stamp("2015-05-08 16:00"), 1) == stamp("2015-05-11 18:00")


def test_days_of_summer_time_have_23_and_25_hours() -> None:
    always = MinuteCalendar("always", "Europe/Berlin", week(*ALL_DAYS, starts="00:00", ends="24:00"))
    hours = {}
    for day in (date(2015, 3, 29), date(2015, 10, 25), date(2015, 6, 1)):
        begins, ends = (always.minute(d, 0) * 60 for d in (day, day + timedelta(days=1)))
        hours[day.month] = (ends - begins) // 3600
    assert hours == {3: 23, 10: 25, 6: 24}


def test_a_night_shift_is_worked_on_both_days() -> None:
    night = MinuteCalendar("night", "UTC", [Shift(5, "22:00", "06:00", is_overnight=True)])
    assert night.seconds(stamp("2015-05-08 20:00"), stamp("2015-05-09 12:00")) == 8 * 3600
