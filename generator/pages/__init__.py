"""How pages are described and turned into HTML."""
