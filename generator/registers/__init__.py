"""The registers: one folder each, and this one list of them."""
