"""Every text that an attachment holds: pages, sheets, comments, deletions, metadata; opened in a process of its own."""
