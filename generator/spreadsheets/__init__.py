"""Spreadsheets of offices: templates that a clerk fills in with Excel or WPS, and what comes back as canonical tables."""
