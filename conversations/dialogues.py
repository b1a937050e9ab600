"""The one door to the dialogues: an event and what is known go in, a decision comes out.

Pure and synchronous. Which step answers is looked up here; what it answers is the flow's.
"""

import hashlib
from dataclasses import replace

from conversations import asides, commands, groups, loading, outside, presence
from conversations.asides import Aside
from conversations.broadcasts.posts import Post
from conversations.core import (
    Decision,
    Need,
    Position,
    Show,
    State,
    Toast,
)
from conversations.events import (
    Barred,
    Called,
    Edited,
    Event,
    Flooded,
    Looked,
    Offered,
    Pressed,
    Received,
    Rehearsed,
    Resumed,
    Typed,
    Uploaded,
)
from conversations.flows import consent, drafts, entrance, home
from conversations.flows.arriving import alone, arrival, post_of, reminder_of, reply_of, unasked
from conversations.flows.drafting import left_behind
from conversations.flows.flow import (
    Flow,
    Line,
    Move,
    Scene,
    Step,
    chosen,
    line,
    screen,
)
from conversations.flows.leaving import kept_word
from conversations.flows.meaning import meant
from conversations.flows.retelling import following_position, remember, retold
from conversations.routes import ENTRY, FLOWS, WAYS
from conversations.rules.cleaning import clean
from conversations.rules.knowledge import Knowledge


class Dialogues:
    """All dialogues over one set of texts, definitions and municipalities. Holds no state."""

    def __init__(self, know: Knowledge) -> None:
        self._know = know
        self._flows = FLOWS

    @property
    def flows(self) -> tuple[Flow, ...]:
        """All dialogues."""
        return tuple(self._flows.values())

    def needs(self, event: Event, flow: str | None) -> frozenset[Need]:
        """What beside member, position and draft has to be loaded for this event."""
        return loading.needs(self._know.texts, event, flow)

    def invited(self, event: Event) -> str:
        """SHA-256 (hex) of the invitation's token that comes with an event; empty without one."""
        token = entrance.token_of(event)
        return hashlib.sha256(token.encode()).hexdigest() if token else ""

    def reads(self, flow: str, step: str) -> bool:
        """Whether a document that is sent at this step is a calendar, to be read first."""
        known = self._flows.get(flow)
        return known is not None and step in known.steps and known.steps[step].reads

    def replied(self, event: Event) -> int | None:
        """Id of the message that the event's message replies to."""
        return reply_of(event)

    def reminded(self, event: Event) -> str:
        """Id of the reminder whose button the event comes from; empty without one."""
        return reminder_of(event)

    def advance(self, state: State, event: Event) -> Decision:
        """Decide one turn. Never raises for anything a person can send."""
        return presence.minded(self._decide, state, event)

    def grouped(self, state: State, event: Event, group: groups.Group) -> Decision | None:
        """Decide what happens in a group; None: only that everything else goes in private."""
        return groups.answered(self._know, state, event, group)

    def _decide(self, state: State, event: Event) -> Decision:
        if not consent.given(state):
            return self._first_contact(state, event)
        scene = self._scene(state)
        if met := next((found for way in WAYS if (found := way(scene, event))), None):
            return met if isinstance(met, Decision) else self._move(scene, met)
        return self._answer(scene, event)

    def _answer(self, scene: Scene, event: Event) -> Decision:
        post = post_of(event)
        if post is not None and (move := self._posted(scene, post)):
            return self._move(scene, alone(event, move))
        match event:
            case Called():
                return self._called(scene, entrance.command_of(event))
            case Pressed(data=data):
                return self._pressed(scene, data)
            case Typed(text=text):
                return self._typed(scene, text)
            case Edited(text=text, message=message):
                return self._edited(scene, text, message)
            case Received(media=media):
                expects = self._step(scene).expects(scene)
                return self._again(
                    scene, line("trouble/media", media=media, expects=scene.say(expects))
                )
            case Flooded(count=count):
                return self._again(scene, line("trouble/flood", count=count))
            case Uploaded() | Looked() | Offered() | Rehearsed():
                move = arrival(self._step(scene), scene, event)
                return self._move(scene, move) if move else self._answer(scene, unasked(event))
            case Resumed() | Barred():
                return self._again(scene, None)

    def _first_contact(self, state: State, event: Event) -> Decision:
        member = consent.agreed(self._know, state, event)
        if member is None:
            return outside.decide(self._know, state, event)
        scene = self._scene(replace(state, member=member))
        if (invited := state.invited) is not None and not entrance.belongs(state, invited):
            return self._move(scene, entrance.joined(scene, invited))
        if state.member is not None and scene.position.flow != "privacy":
            return self._move(scene, entrance.stay(scene, line("consent/thanks_again"), member))
        known = state.member is not None or state.standing.operator
        flow, step = ("home", "home") if known else ("papers", "paper")
        thanks = line("consent/thanks_again" if state.member else "consent/thanks")
        return self._move(scene, Move(flow=flow, step=step, member=member, hint=thanks))

    def _scene(self, state: State) -> Scene:
        assert state.member is not None
        position = state.position or Position(flow="home", step="home", version=state.message or 0)
        flow = self._flows.get(position.flow, home.FLOW)
        if not self._is_open(state, flow):
            flow = home.FLOW
        if flow.name != position.flow or (flow.name == "inquiry" and state.draft is None):
            flow = home.FLOW
            position = replace(position, flow="home", step="home", args={}, buttons="")
        return Scene(
            state=state,
            position=flow.nearest(position),
            know=self._know,
            language=state.member.language,
        )

    def _is_open(self, state: State, flow: Flow) -> bool:
        return asides.is_open(self._know.house, state, flow)

    def _step(self, scene: Scene) -> Step:
        return self._flows[scene.position.flow].steps[scene.position.step]

    def _posted(self, scene: Scene, post: Post) -> Move | None:
        """A message taken as it was written, unless it is a button's word."""
        step = self._step(scene)
        word = post.attached is None and meant(scene, step, clean(post.text))
        return None if word else step.posted(scene, post)

    # --- commands -----------------------------------------------------------------------------

    def _called(self, scene: Scene, name: str) -> Decision:
        command = commands.named(name)
        if command is None:
            return self._again(scene, line("trouble/command", name=name[:32]))
        aside = asides.aside(self._know, scene.state, scene.language, command.name)
        if aside is not None:
            return self._beside(scene, aside)
        flow, step = ENTRY[command.name]
        if not self._is_open(scene.state, self._flows[flow]):
            return self._closed(scene, name)
        if command.name == "weiter":
            return self._move(scene, drafts.latest(scene))
        hint = kept_word(scene) if flow == "home" else None
        return self._move(scene, Move(flow=flow, step=step, drop_draft=True, hint=hint))

    def _closed(self, scene: Scene, name: str) -> Decision:
        """Missing and forbidden look alike; who belongs to no council is told what that means."""
        if self._know.house.admits(scene.state.standing):
            return self._again(scene, line("trouble/command", name=name[:32]))
        return self._move(scene, Move(flow="home", step="home", drop_draft=True))

    def _beside(self, scene: Scene, aside: Aside) -> Decision:
        """The answer to a command, then the card that was there before."""
        shown = self._again(scene, None) if scene.state.position else Decision()
        member = aside.member or shown.member
        return replace(shown, member=member, replies=(*aside.replies, *shown.replies))

    # --- presses and texts --------------------------------------------------------------------

    def _pressed(self, scene: Scene, data: str) -> Decision:
        version, _, id_ = data.partition(".")
        if id_.startswith("go:"):
            return self._called(scene, id_[3:])
        shown = scene.position.buttons.split(" ")
        if version != str(scene.position.version) or id_ not in shown:
            return self._stale(scene, version)
        return self._press(scene, id_)

    def _press(self, scene: Scene, id_: str) -> Decision:
        name, _, value = id_.partition(":")
        if name == "cancel":
            return self._called(scene, "abbrechen")
        step = self._step(scene)
        if name == "help":
            return self._again(scene, step.help(scene))
        move = step.pressed(scene, name, value)
        if move is None:
            return Decision(replies=(Toast(text=self._toast(scene, "trouble/no_effect")),))
        return self._move(scene, move)

    def _stale(self, scene: Scene, version: str) -> Decision:
        """A double press is only answered, as is one on a card from before the consent (0); a
        button of another older card gets the current one."""
        toast = Toast(text=self._toast(scene, "trouble/stale_toast"))
        if version in {str(scene.position.version - 1), "0"}:
            return Decision(replies=(toast,))
        again = self._again(scene, line("trouble/stale"))
        deeds = presence.forged(scene.state, scene.position, version)
        return replace(again, replies=(toast, *again.replies), deeds=deeds)

    def _typed(self, scene: Scene, raw: str) -> Decision:
        text = clean(raw)
        if id_ := meant(scene, self._step(scene), text):
            return self._press(scene, id_)
        step = self._step(scene)
        move = step.typed(scene, text) if text else None
        if move is not None:
            return self._move(remember(scene), move)
        plain = [b.id for row in step.card(scene).rows[:-1] for b in row]
        if number := chosen(text, len(plain)):
            return self._press(scene, plain[number - 1])
        return self._again(scene, step.expects(scene))

    def _edited(self, scene: Scene, raw: str, message: int) -> Decision:
        """An edited answer changes that answer, never the current one; else one line says so."""
        move = retold(scene, self._flows[scene.position.flow], clean(raw), message)
        if move is None:
            return self._again(scene, line("trouble/edited"))
        here = Move(step=scene.position.step, args=scene.args, draft=move.draft, member=move.member)
        return self._move(scene, replace(here, hint=line("trouble/edit_taken")))

    # --- the decision -------------------------------------------------------------------------

    def _again(self, scene: Scene, hint: Line | None) -> Decision:
        """The card once more; without a hint it is the same one, its earlier copy stays good."""
        position, same = scene.position, hint is None
        at = replace(scene, position=replace(position, version=position.version - same))
        return self._move(at, Move(step=position.step, args=position.args, hint=hint))

    def _move(self, scene: Scene, move: Move) -> Decision:
        if move.erase:
            return consent.farewell(scene)
        if move.member is not None and move.member.withdrawn is not None:
            return outside.resting(self._know, scene.at(move).state, move.member)
        after = asides.landed(self._know.house, scene, move)
        left = left_behind(scene, after, move)
        card = self._step(after).card(after)
        position = following_position(after, self._flows[after.position.flow], card)
        after = replace(after, position=position)
        show = Show(screen=screen(after, card, move.hint), anew=bool(move.replies))
        return Decision(
            member=move.member,
            position=position,
            drafts=tuple(d for d in (move.draft, left) if d is not None),
            deleted=move.deleted,
            orders=move.orders,
            filings=move.filings,
            look=move.look,
            rehearse=move.rehearse,
            trial=move.trial,
            deeds=move.deeds,
            replies=(*self._toasts(after, move), *move.replies, show),
        )

    def _toasts(self, scene: Scene, move: Move) -> tuple[Toast, ...]:
        if move.toast is None:
            return ()
        return (Toast(text=self._toast(scene, move.toast.key, **move.toast.values)),)

    def _toast(self, scene: Scene, key: str, **values: object) -> str:
        return self._know.texts.plain(key, scene.language, **values)
