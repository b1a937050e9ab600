"""Writes the letter: PDF, DOCX, plain text, e-mail draft, calendar entry, and pictures of pages.

Decides nothing about the letter; what it says comes whole in a `Letter`.
"""

from bot.paper.coverage import read_coverage
from bot.paper.file import File, Format
from bot.paper.paper import Paper, UnprintableError

__all__ = ["File", "Format", "Paper", "UnprintableError", "read_coverage"]
