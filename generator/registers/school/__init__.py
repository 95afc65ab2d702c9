"""The school register."""
