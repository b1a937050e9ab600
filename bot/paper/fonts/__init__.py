"""The fonts of the letter, what they can show, and how they were made (README.md)."""
