"""What may stand behind `python -m bench`, and what is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import broadcast
from bench.__main__ import BENCHES, asked
from bench.bulk.runs import BUDGET, Result

ROOT = Path(__file__).parents[2]
OWN = {
    "broadcast": ["--most", "--memory"],
    "letters": ["--cold"],
    "simulate": ["--councils N", "--years N", "--seed N"],
}


def ended(*command: str) -> "subprocess.CompletedProcess[str]":
    """What `python -m …` said; nothing of this takes long."""
    arguments = [sys.executable, "-m", *command]
    return subprocess.run(
        arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("name", BENCHES)
def test_help_shows_the_options_of_a_bench_and_runs_nothing(name, capsys):
    """Its description, `--quick`, and what it alone knows."""
    with pytest.raises(SystemExit) as end:
        asked([name, "--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert f"usage: python -m bench {name} " in shown and "--quick" in shown
    assert all(option in shown for option in OWN.get(name, []))


@pytest.mark.parametrize("way", [("bench", "broadcast"), ("bench.broadcast",)])
def test_help_is_had_both_ways(way):
    """`python -m bench NAME` and `python -m bench.NAME` say the same."""
    done = ended(*way, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage: python -m bench broadcast ")


def test_without_a_name_help_lists_the_benches(capsys):
    """Each with what it measures."""
    with pytest.raises(SystemExit) as end:
        asked(["--help"])
    shown = capsys.readouterr().out
    assert not end.value.code
    assert all(f"\n  {name} " in shown for name in BENCHES)
    assert "one message to many" in shown


@pytest.mark.parametrize(
    "words",
    [
        ["broadcast", "--mots"],
        ["broadcast", "--mem"],
        ["broadcast", "--most", "--memory"],
        ["start", "--most"],
        ["start", "broadcast", "--most"],
        ["--quick", "start"],
        ["simulate", "--councils", "0"],
        ["simulate", "--years", "many"],
        ["letters", "--cold", "odt"],
    ],
)
def test_what_a_bench_does_not_know_is_refused_before_anything_runs(words):
    """A typing error doesn't cost half an hour."""
    with pytest.raises(SystemExit) as end:
        asked(words)
    assert end.value.code == 2


def test_an_unknown_option_is_refused_by_a_bench_alone():
    """`python -m bench.turns --quik` doesn't measure for minutes."""
    done = ended("bench.turns", "--quik")
    assert done.returncode == 2 and "--quik" in done.stderr


def test_an_unknown_bench_is_refused_and_those_there_are_are_named():
    """`python -m bench nothing`."""
    with pytest.raises(SystemExit) as end:
        asked(["nothing"])
    assert "nothing; there are start, turns, letters, ledger" in str(end.value)


def test_several_benches_share_what_stands_behind_their_names():
    """In the order of the list."""
    chosen = asked(["turns", "start", "--quick"])
    assert [bench for bench, _ in chosen] == [BENCHES["start"], BENCHES["turns"]]
    assert all(options.quick for _, options in chosen)


def test_without_names_all_of_them_run():
    """With the options that all of them know."""
    assert [bench for bench, _ in asked([])] == list(BENCHES.values())
    assert all(options.quick for _, options in asked(["--quick"]))


def test_a_broadcast_is_judged_by_its_messages(capsys):
    """Edits and refused calls use the budget, but reach nobody."""
    slow = Result(
        many=1_000,
        rate=0.985 * BUDGET,
        used=BUDGET,
        too_many=0,
        injected=10,
        lost=0,
        double=0,
        errors=0,
        cpu=6.0,
        peak=120.0,
    )
    broadcast._goals(broadcast.CONDITIONS[2], slow)
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("goal MISSED: messages at least 99 % of 29/s")
    assert first.endswith("98.50% (all calls: 100.00% of the budget used)")
