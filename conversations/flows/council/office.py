"""The office of the council: where papers are handed in. A pasted block is sorted by its lines."""

import re
from collections.abc import Mapping
from dataclasses import replace

from conversations.flows.council.parts import OFFICE, amended, profile_of
from conversations.flows.council.ways import before, onward, progress, setting_up, staying
from conversations.flows.entry import EMAIL, LINE, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, button, line
from conversations.rules.profile import Profile

_MOST_LINES = 5
_POSTCODE = re.compile(r"\d{5}\b")
_NUMBER = re.compile(r"\d\s*[a-z]?$")
"""A house number at the end of a line."""
_COMMA = re.compile(r",[ \t]*(?=\d{5}\b|[^,\n]*\d[ \t]*[a-z]?,[ \t]*\d{5}\b)")
"""Where an address on one line is to be parted: before the postcode, and before the street."""
_NAME, _ADDRESS, _EMAIL = PARTS = ("office_name", "office_address", "office_email")


class Office(Entry):
    """The office on one card: a pasted block is sorted, each detail can be changed alone."""

    most = LINE
    lines = True

    def ask(self, scene: Scene) -> Card:
        """What is known, and one button per detail."""
        profile = profile_of(scene)
        details = tuple(button(part) for part in PARTS)
        known = bool(profile.office_name or profile.office_address or profile.office_email)
        return with_foot(
            "council/office",
            *_on(scene, known=known),
            details[:2],
            details[2:],
            profile=profile,
            setup=progress(scene, OFFICE),
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To a detail, or on."""
        match name:
            case "office_name" | "office_address" | "office_email":
                return Move(step="office_part", args=staying(scene, what=name))
            case "skip" | "done":
                return onward(scene, Move(step=OFFICE), OFFICE)
            case "back":
                return before(scene, OFFICE)
        return super().pressed(scene, name, value)

    def take(self, scene: Scene, text: str) -> Move:
        """Name, address and e-mail out of what was typed, each where it belongs."""
        found = _sorted(text)
        here = Move(step=OFFICE, args=staying(scene))
        if found.get(_ADDRESS, "").count("\n") >= _MOST_LINES:
            return replace(here, hint=line("council/too_many_lines", most=_MOST_LINES))
        if not EMAIL.fullmatch(found.get(_EMAIL, "a@example.org")):
            found = {part: words for part, words in found.items() if part != _EMAIL}
            here = replace(here, hint=line("detail/office_email_wrong"))
        return amended(scene, OFFICE, _with(profile_of(scene), found), here)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


def _on(scene: Scene, *, known: bool) -> tuple[Row, ...]:
    if setting_up(scene):
        return ((button("done", "next"),),) if known else ((button("skip"),),)
    return ((button("done"),),)


def _sorted(text: str) -> dict[str, str]:
    """The lines by what they are: one with an @ is the e-mail; a line that begins with a postcode
    and the numbered line before it are the address; what stands before is the name."""
    parted = _COMMA.sub("\n", text)
    lines = [one.strip(" ,;") for one in parted.splitlines() if one.strip(" ,;")]
    mails = " ".join(one.rpartition(" ")[2] for one in lines if "@" in one)
    rest = [one for one in lines if "@" not in one]
    postal = _address_from(rest)
    named = "\n".join(rest[:postal]), "\n".join(rest[postal:]), mails
    return {part: words for part, words in zip(PARTS, named, strict=True) if words}


def _address_from(lines: list[str]) -> int:
    """The place of the first line of the address; behind the last one when there is none."""
    postcode = next((n for n, one in enumerate(lines) if _POSTCODE.match(one)), None)
    if postcode is not None:
        return postcode - bool(postcode and _NUMBER.search(lines[postcode - 1]))
    return 1 if len(lines) > 1 else len(lines) - bool(lines and _NUMBER.search(lines[0]))


class OfficePart(Entry):
    """One detail of the office."""

    most = LINE
    lines = True

    def ask(self, scene: Scene) -> Card:
        """The question, with what stands there now."""
        what = _what(scene)
        now = str(getattr(profile_of(scene), what))
        rows = ((button("skip", "keep"), button("clear")),) if now else ()
        return with_foot(f"detail/{what}", *rows, now=now, intro=(0, 0))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """As it is, or empty."""
        match name:
            case "skip" | "back":
                return Move(step=OFFICE, args=staying(scene))
            case "clear":
                return self._put(scene, "")
        return super().pressed(scene, name, value)

    def take(self, scene: Scene, text: str) -> Move:
        """The text in its place, if it can stand there."""
        what = _what(scene)
        if what == _EMAIL and not EMAIL.fullmatch(text):
            return self._refused(scene, line("detail/office_email_wrong"))
        if text.count("\n") >= _MOST_LINES:
            return self._refused(scene, line("council/too_many_lines", most=_MOST_LINES))
        return self._put(scene, text if what == _ADDRESS else " ".join(text.split()))

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")

    def _refused(self, scene: Scene, hint: Line) -> Move:
        return Move(step="office_part", args=scene.args, hint=hint)

    def _put(self, scene: Scene, text: str) -> Move:
        new = _with(profile_of(scene), {_what(scene): text})
        return amended(scene, OFFICE, new, Move(step=OFFICE, args=staying(scene)))


def _with(profile: Profile, given: Mapping[str, str]) -> Profile:
    return replace(
        profile,
        office_name=given.get(_NAME, profile.office_name),
        office_address=given.get(_ADDRESS, profile.office_address),
        office_email=given.get(_EMAIL, profile.office_email),
    )


def _what(scene: Scene) -> str:
    what = scene.text("what")
    return what if what in PARTS else PARTS[0]


STEPS = {OFFICE: Office(), "office_part": OfficePart()}
