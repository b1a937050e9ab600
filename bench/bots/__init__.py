"""Small bots on other frameworks, for comparison: command, button, text, all kept in memory.

In the chat they do what ours does, with the same number of calls.
"""
