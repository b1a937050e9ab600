"""Broadcasts as the bot itself sees them; people reach them through the scope."""
