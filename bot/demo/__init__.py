"""A local stand-in for Telegram: an engine with people and chats, the Bot API over HTTP on
127.0.0.1, and the control API of the chat page. It knows nothing of the bot that talks to it."""
