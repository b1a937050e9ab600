"""Meetings of other people's calendars: fetched with care, read apart; our own written."""
