"""What carries a letter out: the e-mail draft and the calendar entries."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from conversations.rules.context import Case, mail_to
from conversations.rules.deadlines import BERLIN, Deadline, deadline
from conversations.rules.letter import CalendarEntry, MailDraft, Occasion, Text, plain
from conversations.rules.phrases import one_line


def mail_draft(
    case: Case, values: Mapping[str, object], subject: Text, salutation: Text
) -> MailDraft:
    """The e-mail to the office; without a recipient when no address is known."""
    mail, phrases = case.texts.frame.mail, case.texts.phrases
    known = {**values, "subject": plain(subject), "salutation": plain(salutation)}
    return MailDraft(
        to=mail_to(case),
        sender=one_line(case.answers.sender.email),
        subject=phrases.lines(mail.subject, known).replace("\u00a0", " "),
        text=phrases.lines(mail.text, known),
    )


def filing_deadline(case: Case) -> Deadline | date | None:
    """The deadline by the council's rule, the day typed by hand, or None when neither is known.

    A letter to the Kreis has none: no meeting of the own council is meant.
    """
    answers = case.answers
    if case.to_district:
        return None
    if answers.deadline:
        return answers.deadline
    if answers.meeting is None or answers.council.rule is None:
        return None
    return deadline(answers.meeting.day, answers.council.rule)


def calendar_entries(case: Case, values: Mapping[str, object]) -> tuple[CalendarEntry, ...]:
    """The entries for deadline and meeting, as far as they are known."""
    return tuple(_entries(case, values))


def _entries(case: Case, values: Mapping[str, object]) -> Iterator[CalendarEntry]:
    words, phrases, meeting = case.texts.frame.calendar, case.texts.phrases, case.answers.meeting
    due = filing_deadline(case)
    if due is not None:
        yield CalendarEntry(
            occasion=Occasion.DEADLINE,
            start=_start(due),
            title=phrases.lines(words.deadline, values),
            description=phrases.lines(words.deadline_text, values),
        )
    if meeting is not None and not case.to_district:
        at = datetime.combine(meeting.day, meeting.start, BERLIN) if meeting.start else meeting.day
        yield CalendarEntry(
            occasion=Occasion.MEETING,
            start=at,
            title=phrases.lines(words.meeting, values),
            description=phrases.lines(words.meeting_text, values),
            location=one_line(meeting.place),
        )


def _start(due: Deadline | date) -> date | datetime:
    if isinstance(due, Deadline):
        return datetime.combine(due.day, due.cutoff, BERLIN) if due.cutoff else due.day
    return due
