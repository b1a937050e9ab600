"""Writes the letter: PDF, DOCX, plain text, e-mail draft, calendar entry, and pictures of pages.

Decides nothing about the letter; what it says comes whole in a `Letter`.
"""
