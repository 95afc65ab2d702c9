"""The duties register."""
