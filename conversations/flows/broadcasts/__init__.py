"""Broadcasts: what can be done about those that are sent, and the answers to them."""
