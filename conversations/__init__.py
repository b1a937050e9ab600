"""Decides: dialogues and the rules they follow. Pure: no clock, no network, no files, no Telegram, no SQL."""
