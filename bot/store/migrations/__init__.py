"""Migrations, run by `bot.store.opening`."""
