"""Benchmarks: what a turn, a letter and a start cost, printed with both sides of one run.

Nothing here is a test: no time is asserted anywhere. `python -m bench` runs all of them.
"""
