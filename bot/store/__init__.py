"""The store: what survives a power cut. The only folder that imports sqlalchemy and alembic; it
knows neither Telegram nor the clock on the wall (`now` comes by argument)."""
