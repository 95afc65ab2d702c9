"""Personal data in a text, however it is written: what it looks like, and what only looks like it."""
