"""The finance register."""
