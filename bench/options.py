"""What may stand behind a benchmark's name on the command line: `python -m bench NAME --help`."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Protocol


class Bench(Protocol):
    """A module of this folder that measures something."""

    def options(self) -> ArgumentParser:
        """What it knows; its description is the bench's line in the list."""

    def main(self, chosen: Namespace) -> None:
        """Measure and print."""


def options_of(name: str, what: str) -> ArgumentParser:
    """The options of one bench; `--quick` is every bench's."""
    parser = ArgumentParser(prog=f"python -m bench {name}", description=what, allow_abbrev=False)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="only show that it runs: too short for its figures to mean anything",
    )
    return parser


def count(word: str) -> int:
    """A whole number from 1."""
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(f"not a whole number from 1: {word}")
    return int(word)
