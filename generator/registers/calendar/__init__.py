"""The calendar register."""
