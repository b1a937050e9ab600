"""Decides: dialogues and rules. Pure: no clock, network, files, Telegram or SQL."""
