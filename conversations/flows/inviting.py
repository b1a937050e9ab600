"""Making an invitation: the deed, and the one message that shows its link."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from conversations.deeds import Invite, may
from conversations.flows.entrance import link
from conversations.flows.flow import Args, Line, Move, Scene, line
from conversations.flows.naming import named
from conversations.flows.placed import place_name
from conversations.replies import Code
from conversations.rules.deadlines import BERLIN
from conversations.standing import CouncilId, Invitation, InvitationId, Role

MOST_OPEN = 50
"""Open invitations of one council, or of the operators."""
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an invitation is to be for."""

    role: Role
    council: CouncilId | None
    ags: str = ""
    uses: int = 1
    days: int = WEEK


def made(scene: Scene, wish: Wish, *, step: str, args: Args) -> Move:
    """The invitation, its link in a message of its own, and the card of `step` below it."""
    deed = _deed(scene, wish)
    if not may(scene.state.standing, deed):
        return Move(step=step, args=args)
    if len(open_for(scene, wish.council)) >= MOST_OPEN:
        hint = line("invitations/too_many", most=MOST_OPEN)
        return Move(step=step, args=args, hint=hint)
    address = link(scene.state.bot, scene.state.secret)
    reply = Code(link=address, html=scene.say(_letter(scene, wish, address)))
    hint = line("invitations/made")
    return Move(step=step, args=args, deeds=(deed,), replies=(reply,), hint=hint)


def open_for(scene: Scene, council: CouncilId | str | None) -> tuple[Invitation, ...]:
    """The invitations of a council, or of the operators, that are still good."""
    return tuple(
        one
        for one in scene.state.desk.invitations
        if one.council == council and one.expires > scene.state.now and one.left > 0
    )


def _deed(scene: Scene, wish: Wish) -> Invite:
    return Invite(
        id=InvitationId(scene.state.fresh),
        token_hash=hashlib.sha256(scene.state.secret.encode()).hexdigest(),
        role=wish.role,
        council=wish.council,
        uses=wish.uses,
        expires=scene.state.now + timedelta(days=wish.days),
    )


def _letter(scene: Scene, wish: Wish, address: str) -> Line:
    """What is forwarded: to be understood by somebody who never heard of the bot."""
    council = scene.state.council
    profile = council.profile if council and council.id == wish.council else None
    until = (scene.state.now + timedelta(days=wish.days)).astimezone(BERLIN)
    return line(
        "invitations/letter",
        role=wish.role.value,
        body=named(scene.know, wish.ags, scene.today, profile).body,
        place=place_name(scene, wish.ags),
        link=address,
        uses=wish.uses,
        day=until.date(),
        time=until.time(),
    )
