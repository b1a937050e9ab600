"""The dialogues, one file each."""
