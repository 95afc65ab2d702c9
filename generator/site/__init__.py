"""The frame that pages stand in, stamping pages into it, and writing the site to disk."""
