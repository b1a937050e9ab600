"""Small bots on other frameworks, for comparison: command, button, text, all kept in memory."""
