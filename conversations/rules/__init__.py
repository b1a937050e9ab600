"""The rules the dialogues follow: dates, deadlines, definitions, letters, municipalities, texts."""
