"""The explanations register."""
