"""The fees register."""
