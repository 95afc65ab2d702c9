"""The terms register."""
