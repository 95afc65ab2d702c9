"""The corrections register."""
