"""Rows of the fault table that the dialogues themselves answer for (docs/FAULTS.md)."""

import re

import pytest

from conversations.rules.letter import plain, texts
from tests.conversations.walk import Member

SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HOSTILE = (
    "../../x", "CON", "x" * 300, "C:\\nul", "/etc/passwd", "a\u202eb", "Ünal İlkay Иванова عبدالله",
    '& < > " {{7*7}} {% raw %} #read("x") $x$ \\ </w:t>',
)  # fmt: skip


@pytest.mark.parametrize("command", ["hilfe", "abbrechen", "start", "entwuerfe", "datenschutz"])
def test_b04_a_command_in_mid_interview_works_and_keeps_the_draft(
    member: Member, command: str
) -> None:
    """The command is obeyed; /weiter goes on at the same question with every answer there."""
    member.press("Anfrage").type("Gelsenkirchen").type("Frau Aylin Demir")
    asked = member.html.rpartition("\n\n")[2]
    member.call(command)
    member.call("weiter")
    assert asked in member.html
    assert member.draft.answers.council.chair.name == "Aylin Demir"
    assert len(member.state.drafts) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_f14_a_hostile_name_gives_a_safe_file_name_and_stands_in_the_letter(
    settled: Member, name: str
) -> None:
    """Whatever a name holds, the files have plain names and the letter holds it as typed."""
    settled.call("anfrage").press("Anfrage").press("Stimmt").press("Übernehmen").press("Alle 7")
    settled.press("Lang").press("Angaben ändern").press("Name").type(name)
    settled.press("Fertig").press("So unterschreiben").press("Brief erstellen")
    letter = settled.orders[-1].letter
    assert SAFE.fullmatch(letter.slug)
    assert len(letter.slug) <= 80
    shown = name.replace("\u202e", "")
    assert any(shown in plain(text) for text in texts(letter))
