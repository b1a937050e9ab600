"""The control API: how the chat page, and tests in other processes, look on, act as people and
move the clock. For pages of this server only (see `guard`)."""
