"""Who signs: the member as they stand in the council, or the chair by name."""

from dataclasses import replace

from conversations.flows.flow import Scene
from conversations.rules.answers import Address, Council, Filer, Sender
from conversations.rules.definition import Kind
from conversations.rules.texts import REFERENCE, fold
from conversations.standing import Badge

_FUNCTIONS = {
    Address.FRAU: "signing_frau",
    Address.HERR: "signing_herr",
    Address.NEUTRAL: "signing_neutral",
}
_HABITS = {Filer.MEMBER, Filer.GROUP}
"""Ways to file that are kept for the next letter: they need nobody else."""


def badge_in(scene: Scene, council: str) -> Badge:
    """How the person stands in a council; empty without a seat there."""
    seat = scene.state.standing.seat(council)
    return seat.badge if seat else Badge()


def own_sender(scene: Scene, council: str) -> Sender:
    """The member themself: as in the council, with the address and e-mail that are remembered."""
    known, badge = scene.member.sender, badge_in(scene, council)
    if not council:
        return known
    if not badge.name:
        badge = Badge(
            name=known.name,
            function=badge.function or known.function,
            group=badge.group or known.group,
        )
    return Sender(
        filer=Filer.GROUP if known.filer is Filer.GROUP and badge.group else Filer.MEMBER,
        name=badge.name,
        function=badge.function,
        group=badge.group,
        address=known.address,
        email=known.email,
    )


def first_sender(scene: Scene, council: str, addressed: Council, kind: Kind) -> Sender:
    """Who signs a new letter of a council: its chair does not write to the chair."""
    own = own_sender(scene, council)
    if kind is Kind.INQUIRY and is_chair(scene, own.function):
        return signer(scene, own, addressed, Filer.CHAIR)
    return own


def signer(scene: Scene, own: Sender, council: Council, filer: Filer) -> Sender:
    """Who signs when this one files: the chair by name if it is known, else the member."""
    own = replace(own, filer=filer, cosigners=own.cosigners if filer is Filer.FIFTH else ())
    chair = council.chair
    if filer is not Filer.CHAIR or not chair.name:
        return own
    # The signature is part of the letter, and letters are German whatever the chat speaks.
    function = scene.know.texts.label(_FUNCTIONS[chair.address], REFERENCE)
    chairs = is_chair(scene, own.function)
    if chair.name != own.name:
        other = own if chairs else Sender(filer=filer)
        return replace(other, name=chair.name, function=function)
    return own if chairs else replace(own, function=function)


def is_chair(scene: Scene, function: str) -> bool:
    """Whether a function is the chair's: "Vorsitzende", not "Stellvertretende Vorsitzende"."""
    return fold(function).startswith(fold(scene.know.texts.label("signing_neutral", REFERENCE)))


def habits(scene: Scene, council: str, sender: Sender) -> Sender:
    """What of a council's letter is kept for the next: the person's own address, e-mail and way
    to file; the name only while the council has none."""
    known, badge = scene.member.sender, badge_in(scene, council)
    if sender.filer is Filer.CHAIR and not is_chair(scene, badge.function):
        return known
    return replace(
        known,
        filer=sender.filer if sender.filer in _HABITS else known.filer,
        name=known.name if badge.name else sender.name,
        address=sender.address,
        email=sender.email,
    )
