"""What people do in the benchmarks, and under which load."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.stage import Act, Press, Say, Stage

WARMING = 10
"""Conversations before anything is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One conversation. `settled`: by a member whose council is known."""

    name: str
    acts: tuple[Act, ...]
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many people act at once, how many conversations in all, seconds of thought before each
    act (from, to)."""

    name: str
    people: int
    walks: int
    thought: tuple[float, float] = (0.0, 0.0)


THREE = Walk(
    name="command, button, text", acts=(Say("/anfrage"), Press("go"), Say("Gelsenkirchen"))
)
"""For the bots on other frameworks."""

OUR_THREE = Walk(
    name="command, button, text",
    acts=(Say("/anfrage"), Press("paper:kim-anfrage"), Say("Gelsenkirchen")),
)
"""The same with us: the way into the inquiry, for a member whose council isn't known."""

WHOLE = Walk(
    name="/anfrage to the review",
    settled=True,
    acts=(
        Say("/anfrage"),
        Press("paper:kim-anfrage"),
        Press("fine"),
        Press("take"),
        Press("own"),
        Say("Wie viele Beratungen gab es 2026?"),
        Press("take"),
        Press("take"),
        Press("sign"),
    ),
)
"""The whole inquiry up to its review, with an own question typed."""

STRAIGHT = (Say("/anfrage"), Press("paper:kim-anfrage"), Press("straight"))
"""The shortest way to the review."""


async def under(
    stage: Stage, load: Load, acts: Sequence[Act], people: Iterator[int]
) -> list[float]:
    """All conversations of a load; seconds from each act to its answer. Everybody in `people`
    has one conversation: nobody types faster than the bot lets one person."""
    waiting = [next(people) for _ in range(load.walks)]
    seen: list[float] = []

    async def one_after_the_other() -> None:
        while waiting:
            person = waiting.pop()
            for act in acts:
                if load.thought[1]:
                    await asyncio.sleep(random.uniform(*load.thought))
                seen.append(await stage.act(person, act))

    await asyncio.gather(*(one_after_the_other() for _ in range(load.people)))
    return seen
