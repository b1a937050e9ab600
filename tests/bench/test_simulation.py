"""A year of a few councils with two replicas that are killed at random, judged by an oracle."""

from dataclasses import replace

import pytest

from bench.simulate import simulated
from bench.simulation.replicas import Replica
from bot.store import plans
from bot.store.planning import Planning
from conversations.planning import plan
from conversations.rules.reminding import ReminderKind


def test_every_due_reminder_is_sent_once_and_no_other(capsys):
    """Twelve councils, one year: moved, cancelled, reported, filed, unlinked, muted."""
    assert simulated(12, 1, seed=7) == []
    assert "school holidays" not in capsys.readouterr().out


@pytest.mark.parametrize("lost", [ReminderKind.DEADLINE, ReminderKind.REPORTED])
def test_the_judge_misses_what_is_not_planned(monkeypatch, lost):
    """Without one kind of reminder it finds those missing, and nothing else."""

    def poorer(facts, now):
        return tuple(one for one in plan(facts, now) if one.kind is not lost)

    monkeypatch.setattr(plans, "plan", poorer)
    faults = simulated(2, 1, seed=7)
    assert _sorts(faults) == {"missing"}
    assert all(f"'{lost}'" in fault for fault in faults)


def test_the_judge_hears_what_comes_at_night(monkeypatch):
    """If it were always night, every message would be one at night, and nothing else be wrong."""
    monkeypatch.setattr("bench.simulation.judge.sleeps", lambda _, __, now: now)
    faults = simulated(1, 1, seed=7)
    assert _sorts(faults) == {"at night"}


@pytest.mark.parametrize("unread", ["reports", "filed"])
def test_the_judge_finds_what_is_no_longer_due(monkeypatch, unread):
    """A bot that reads no reports, or not what was filed, sends what is wrong."""
    facts = Planning.facts

    def forgetful(self, connection, id_, now):
        return replace(facts(self, connection, id_, now), **{unread: ()})

    monkeypatch.setattr(Planning, "facts", forgetful)
    faults = simulated(3, 1, seed=7)
    assert "wrong" in _sorts(faults)


def test_the_judge_counts_what_comes_twice(monkeypatch):
    """Everything sent twice, and nothing else wrong."""
    arrive = Replica._arrive

    def twice(self, row, screen):
        arrive(self, row, screen)
        arrive(self, row, screen)

    monkeypatch.setattr(Replica, "_arrive", twice)
    assert _sorts(simulated(1, 1, seed=7)) == {"twice"}


def _sorts(faults):
    return {fault.partition(":")[0] for fault in faults}
