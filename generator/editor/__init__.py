"""The forms at ``edit/``: Sveltia CMS, bundled with our formats and configured from the records of the generator."""
