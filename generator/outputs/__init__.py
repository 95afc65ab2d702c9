"""What the site offers besides pages: downloads, the archive, schemas, calendars."""
