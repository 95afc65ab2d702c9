"""The plan register."""
