"""A day picked from a month, or typed; what is doubtful is asked back."""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from conversations.flows.flow import Button, Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.rules import dates, days_off, saying
from conversations.rules.answers import Meeting

MOST_AHEAD = timedelta(days=730)
_WEEK_AHEAD = 7
_EMPTY = "·"
"""A day that cannot be picked: Telegram refuses a button without a visible word."""


_DIGITS = 2
_MONTHS_AHEAD = 5
"""Months with a button of their own, from this one on: councils meet every six to ten weeks."""


class PickDay(Step):
    """Month of buttons. Subclasses say what is asked and what a day leads to."""

    past = False
    """Whether days up to today are picked instead of days from today on."""
    any_day = False
    """Whether days on both sides may be picked; one far ahead is then asked back."""

    def ask(self, scene: Scene) -> Line:
        """The question above the month."""
        raise NotImplementedError

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """What follows from a day."""
        raise NotImplementedError

    def near(self, scene: Scene) -> date | None:
        """The day whose month is shown first, if there is one."""
        return None

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """Buttons above the month."""
        return ()

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """Buttons below the month."""
        return ()

    def card(self, scene: Scene) -> Card:
        """The question with one month, or with the two days a doubtful text may mean."""
        if doubt := scene.text("doubt"):
            choices = tuple((_choice(scene, iso),) for iso in doubt.split())
            return Card(line=self.ask(scene), rows=(*choices, (button("other_day"),), *foot()))
        month = self._month(scene)
        rows = (*_month_rows(scene, month, self._range(scene)), *_legend(month))
        return Card(
            line=self.ask(scene), rows=(*self.usual(scene), *rows, *self.others(scene), *foot())
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another month, or a day."""
        kept = {key: arg for key, arg in scene.args.items() if key not in {"doubt", "month"}}
        match name:
            case "month":
                return Move(step=scene.position.step, args={**kept, "month": value})
            case "other_day" | "back":
                return Move(step=scene.position.step, args=kept)
            case "day":
                day, _, start = value.partition("@")
                return self.take(scene, date.fromisoformat(day), _time(start))
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A typed day, read strictly; a bare number that is no button is no date."""
        number = text.rstrip(".")
        if number.isdecimal() and len(number) <= _DIGITS and not scene.text("doubt"):
            return Move(step=scene.position.step, args=scene.args, hint=self.expects(scene))
        reading = dates.read(text, scene.today, past=self.past)
        match reading:
            case dates.Understood(day=day, start=start):
                refusal = self._refusal(scene, day)
                if refusal is None:
                    return self.take(scene, day, start)
                at = f"@{start:%H:%M}" if start else ""
                sure = (f"{day.isoformat()}{at}",) if self.any_day else ()
                return self._doubt(scene, refusal, *sure)
            case dates.Impossible(day=wrong, month=month, near=near):
                hint = line("dates/impossible", day=wrong, month=date(2024, month, 1))
                return self._doubt(scene, hint, *(day.isoformat() for day in near))
            case dates.Contradicts(said=said, day=day, near=near, start=start):
                hint = line("dates/contradicts", said=_weekday(scene, said), day=day)
                at = f"@{start:%H:%M}" if start else ""
                return self._doubt(
                    scene, hint, *(f"{d.isoformat()}{at}" for d in sorted({day, near}))
                )
            case dates.Unclear():
                return None

    def expects(self, scene: Scene) -> Line:
        """A date, with an example."""
        return line("dates/expects", example=scene.today + timedelta(days=_WEEK_AHEAD * 7))

    def _refusal(self, scene: Scene, day: date) -> Line | None:
        if day > scene.today + MOST_AHEAD:
            return line("dates/too_far", day=day)
        first, last = self._range(scene)
        if day < first:
            return line("dates/past", day=day)
        return line("dates/future", day=day) if day > last else None

    def _range(self, scene: Scene) -> tuple[date, date]:
        """The first and the last day that may be picked from the month."""
        first = date.min if self.past or self.any_day else scene.today
        return first, scene.today if self.past else scene.today + MOST_AHEAD

    def _doubt(self, scene: Scene, hint: Line, *choices: str) -> Move:
        args = {**scene.args, "doubt": " ".join(choices)}
        return Move(step=scene.position.step, args=args, hint=hint)

    def _month(self, scene: Scene) -> date:
        stored, near = scene.text("month"), self.near(scene)
        if stored:
            return date.fromisoformat(f"{stored}-01")
        old = near is not None and near < self._range(scene)[0]
        shown = scene.today if near is None or old else near
        return shown.replace(day=1)


def meeting_on(old: Meeting | None, day: date, start: time | None) -> Meeting:
    """A meeting on that day; hour and place as last time unless said otherwise."""
    base = old or Meeting(day=day)
    return replace(base, day=day, start=start or base.start)


def _choice(scene: Scene, iso: str) -> Button:
    day = date.fromisoformat(iso.partition("@")[0])
    return button(f"day:{iso}", text=saying.long_day(day, scene.language))


def _weekday(scene: Scene, number: int) -> str:
    monday = date(2024, 1, 1)
    return saying.long_day(monday + timedelta(days=number), scene.language).partition(",")[0]


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _month_rows(scene: Scene, month: date, span: tuple[date, date]) -> Iterator[Row]:
    first, last = span
    before = month - timedelta(days=1)
    after = (month + timedelta(days=31)).replace(day=1)
    yield (
        button(f"month:{before:%Y-%m}", text="‹")
        if before >= first and before.year > date.min.year
        else button("none:b", text=_EMPTY),
        button("none:m", text=saying.month(month, scene.language)),
        button(f"month:{after:%Y-%m}", text="›")
        if after <= max(last, scene.today + MOST_AHEAD)
        else button("none:a", text=_EMPTY),
    )
    yield tuple(button(f"none:{n}", text=_weekday(scene, n)[:2]) for n in range(7))
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        days = [_day(scene, day, month, span) for day in week]
        if any(one.id.startswith("day:") for one in days):
            yield tuple(days)

    if last > scene.today:
        yield tuple(
            button(f"month:{one:%Y-%m}", text=saying.short_month(one, scene.language))
            for one in _following(scene.today.replace(day=1))
            if one != month
        )


def _legend(month: date) -> Iterator[Row]:
    """What the marks of this month mean, and where the known school holidays end."""
    days = [one for one in calendar.Calendar().itermonthdates(month.year, month.month)
            if one.month == month.month]  # fmt: skip
    if any(map(days_off.is_holiday, days)):
        yield (button("none:h", "days_holiday"),)
    if not days_off.knows_school(days[-1]):
        yield (button("none:s", "days_school_unknown"),)
    elif any(map(days_off.is_school_holiday, days)):
        yield (button("none:s", "days_school"),)


def _following(first: date) -> Iterator[date]:
    """The first of this month and of the months after it."""
    for _ in range(_MONTHS_AHEAD + 1):
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def _day(scene: Scene, day: date, month: date, span: tuple[date, date]) -> Button:
    if day.month != month.month or not span[0] <= day <= span[1]:
        return button(f"none:{day:%m%d}", text=_EMPTY)
    words = f"[{day.day}]" if day == scene.today else str(day.day)
    return button(f"day:{day.isoformat()}", text=words + _mark(day))


def _mark(day: date) -> str:
    """A sign behind a day that is seldom one of a meeting; typing the number picks it as well."""
    if days_off.is_holiday(day):
        return "*"
    return "°" if days_off.is_school_holiday(day) else ""
