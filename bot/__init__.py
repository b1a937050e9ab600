"""Acts: Telegram, store, clock, paper and command line around the pure dialogues."""
