"""A made-up company for the property test: calendars of six zones, an SLA matrix, and random tickets."""

import random
from datetime import UTC, date, datetime, timedelta

from tests.clocks.calendars_by_minute import MinuteCalendar, Override, Shift
from tests.clocks.tickets_by_minute import Event, Policy, Ticket

DATA_UNTIL = int(datetime(2016, 2, 1, tzinfo=UTC).timestamp())
MINUTE, HOUR, DAY = 60, 3600, 86400
SINCE = date(2000, 1, 1)
CHANNELS = {"phone": "电话", "email": "邮件", "bot": "机器人"}
REQUESTS = {"inquiry": "咨询", "complaint": "投诉"}
COMPLEXITIES = {"simple": "简单", "complex": "复杂"}
PRIORITIES = ("urgent", "general", "routine")
REASONS = {"customer": "等待客户", "third_party": "等待第三方"}


def week(*days: int, starts: str, ends: str, **more: object) -> list[Shift]:
    return [Shift(day, starts, ends, **more) for day in days]  # type: ignore[arg-type]


def calendars() -> list[MinuteCalendar]:
    """Split shifts, nights, make-up days, round the clock, half-hour summer time, and changes in the year."""
    workdays, everyday = (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7)
    berlin = week(*workdays, starts="09:00", ends="12:00") + week(*workdays, starts="13:15", ends="18:00")
    nights = week(*everyday, starts="22:00", ends="06:30", is_overnight=True)
    turned = date(2015, 7, 1)
    changing = (
        week(*workdays, starts="08:00", ends="12:30", until=turned)
        + week(*workdays, starts="12:00", ends="17:00", until=turned)
        + week(*everyday, starts="00:00", ends="09:10", since=turned)
    )
    golden_week = {date(2015, 10, day) for day in range(1, 8)}
    return [
        MinuteCalendar("berlin", "Europe/Berlin", berlin, public={date(2015, 5, 1), date(2015, 12, 25)}),
        MinuteCalendar("new_york", "America/New_York", nights, public={date(2015, 7, 3), date(2015, 11, 1)}),
        MinuteCalendar(
            "shanghai",
            "Asia/Shanghai",
            week(*workdays, starts="09:00", ends="17:30") + week(1, starts="18:00", ends="20:00"),
            public=golden_week,
            make_up={date(2015, 10, 10), date(2015, 2, 15)},
        ),
        MinuteCalendar("london", "Europe/London", week(*everyday, starts="00:00", ends="24:00")),
        MinuteCalendar(
            "lord_howe",
            "Australia/Lord_Howe",
            week(*everyday, starts="01:45", ends="10:00"),
            make_up_weekday=3,
        ),
        MinuteCalendar("sao_paulo", "America/Sao_Paulo", changing, exceptions_in_the_year()),
    ]


def calendars_of_known_answers() -> list[MinuteCalendar]:
    """Those of the catalogue's answers: an office's week, and round the clock with summer time."""
    return [
        MinuteCalendar("office", "UTC", week(1, 2, 3, 4, 5, starts="09:00", ends="18:00")),
        MinuteCalendar("always", "Europe/Berlin", week(1, 2, 3, 4, 5, 6, 7, starts="00:00", ends="24:00")),
    ]


def known_answers() -> list[Ticket]:
    """Tickets to whose resolution the catalogue states the working time: 3, 23 and 25 hours."""
    office, always = calendars_of_known_answers()
    spans = (
        (office, "2015-05-08 16:00", "2015-05-11 10:00"),
        (always, "2015-03-28 23:00", "2015-03-29 22:00"),  # 29 March in Berlin
        (always, "2015-10-24 22:00", "2015-10-25 23:00"),  # 25 October in Berlin
    )
    answers = []
    for number, (calendar, begins, ends) in enumerate(spans, start=1):
        created, resolved = (
            int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) for text in (begins, ends)
        )
        ticket = Ticket(f"K{number}", calendar, created, "inquiry", "email", "simple", "routine", True)
        ticket.events.append(Event(resolved, "resolved"))
        answers.append(ticket)
    return answers


def exceptions_in_the_year() -> list[Override]:
    """Every kind of exception."""
    return [
        Override(date(2015, 3, 2), "closed"),
        Override(date(2015, 4, 3), "half_day", "08:00", "12:15"),
        Override(date(2015, 5, 2), "open", like_weekday=4),
        Override(date(2015, 5, 3), "open"),
        Override(date(2015, 6, 6), "custom", "10:00", "11:00"),
        Override(date(2015, 6, 6), "custom", "15:20", "16:00"),
        Override(date(2015, 10, 18), "half_day", "00:00", "05:00"),
    ]


def policies() -> list[Policy]:
    """Both clocks, every key that the tickets have, and two editions of the year."""
    summer, autumn = date(2015, 6, 1), date(2015, 10, 1)
    return [
        Policy("default", SINCE, first_response=240, resolution=1440, acknowledgement=1),
        Policy("urgent", SINCE, priority="urgent", first_response=45, resolution=300, clock="business"),
        Policy("general", SINCE, priority="general", resolution=2000, clock="business"),
        Policy("phone", SINCE, channel="phone", first_response=20),
        Policy("email", SINCE, summer, channel="email", first_response=120, resolution=600),
        Policy("email_summer", summer, autumn, channel="email", first_response=100, clock="business"),
        Policy("complex", SINCE, complexity="complex", acknowledgement=3),
        Policy("complaint", SINCE, request="complaint", resolution=900, clock="business"),
        Policy("urgent_complaint", autumn, request="complaint", priority="urgent", resolution=180),
    ]


def tickets(count: int, seed: int) -> list[Ticket]:
    """Random lives of up to 25 days; half of them begin near a change to or from summer time."""
    chance = random.Random(seed)
    known = calendars()
    return [one_ticket(chance, f"T{number:05}", chance.choice(known)) for number in range(count)]


def one_ticket(chance: random.Random, number: str, calendar: MinuteCalendar) -> Ticket:
    changes = [date(2015, 3, 8), date(2015, 3, 29), date(2015, 4, 5), date(2015, 10, 25), date(2015, 11, 1)]
    start = date(2015, 1, 10) + timedelta(days=chance.randrange(345))
    if chance.random() < 0.5:
        start = chance.choice(changes) - timedelta(days=chance.randrange(4))
    created = int(datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp())
    ticket = Ticket(
        number=number,
        calendar=calendar,
        created=created + chance.randrange(DAY),
        request=chance.choice(list(REQUESTS)),
        channel=chance.choice(list(CHANNELS)),
        complexity=chance.choice(list(COMPLEXITIES)),
        first_priority=chance.choice(PRIORITIES),
        needs_answer=chance.random() < 0.8,
    )
    live(chance, ticket)
    return ticket


def live(chance: random.Random, ticket: Ticket) -> None:
    """Things happen one after the other until the data end."""
    now, is_waiting, is_done, is_closed = ticket.created, False, False, False
    for _ in range(chance.randrange(14)):
        now += int(chance.expovariate(1 / chance.choice([5 * MINUTE, HOUR, 9 * HOUR, 4 * DAY])))
        now += chance.choice([0, 0, 30])
        if now > DATA_UNTIL or now > ticket.created + 25 * DAY:
            return
        kind = chance.choice(possible(is_waiting=is_waiting, is_done=is_done, is_closed=is_closed))
        ticket.events.append(event_of(chance, ticket, kind, now))
        is_waiting = kind == "waiting_started" or (is_waiting and kind not in ("waiting_ended", "resolved"))
        is_done = kind in ("resolved", "closed") or (is_done and kind != "reopened")
        is_closed = kind == "closed" or (is_closed and kind != "reopened")


def possible(*, is_waiting: bool, is_done: bool, is_closed: bool) -> list[str]:
    if is_closed:
        return ["reopened", "noted"]
    if is_done:
        return ["reopened", "closed", "customer_replied", "priority_changed"]
    talk = ["replied", "replied", "customer_replied", "noted", "priority_changed", "acknowledged", "bot"]
    return [*talk, "resolved", "resolved", "waiting_ended" if is_waiting else "waiting_started", "exempted"]


def event_of(chance: random.Random, ticket: Ticket, kind: str, now: int) -> Event:
    if kind == "bot":
        return Event(now, "replied", "bot")
    if kind == "priority_changed":
        before = ticket.priority
        return Event(now, kind, "agent", before, chance.choice([p for p in PRIORITIES if p != before]))
    if kind == "waiting_started":
        return Event(now, kind, "agent", "", chance.choice(["", *REASONS]))
    if kind == "exempted" and chance.random() < 0.8:
        return Event(now, "noted", "agent")
    actor = "customer" if kind in ("customer_replied", "reopened") else "agent"
    if kind == "reopened" and chance.random() < 0.3:
        actor = "agent"
    return Event(now, kind, actor)
