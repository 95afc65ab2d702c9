"""Personal data kept out of what is published: found in texts, files and attachments, and never shown."""
