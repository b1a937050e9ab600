"""A year of a few councils with two replicas that are killed at random, judged by an oracle."""

import pytest

from bench.simulate import simulated
from bot.store import plans
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
    assert {fault.partition(":")[0] for fault in faults} == {"missing"}
    assert all(f"'{lost}'" in fault for fault in faults)


def test_the_judge_hears_what_comes_at_night(monkeypatch):
    """If it were always night, every message would be one at night, and nothing else be wrong."""
    monkeypatch.setattr("bench.simulation.judge.sleeps", lambda _, __, now: now)
    faults = simulated(1, 1, seed=7)
    assert {fault.partition(":")[0] for fault in faults} == {"at night"}
