"""The one door to the dialogues: an event and what is known go in, a decision comes out."""

from conversations.core import Decision, Event, Need, State


class Dialogues:
    """All dialogues over one set of texts, definitions and municipalities. Holds no state."""

    def needs(self, event: Event, flow: str | None) -> frozenset[Need]:
        """What beside member, position and draft has to be loaded for this event."""
        raise NotImplementedError

    def advance(self, state: State, event: Event) -> Decision:
        """Decide one turn. Never raises for anything a person can send."""
        raise NotImplementedError
