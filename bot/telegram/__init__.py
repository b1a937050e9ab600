"""Telegram: intake, turns through python-telegram-bot's Application, replies. The only folder that
imports telegram; it decides nothing (`conversations`) and keeps nothing by itself (`bot.store`)."""
