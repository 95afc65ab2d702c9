"""The registers: one folder each."""
