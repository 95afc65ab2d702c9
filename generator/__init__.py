"""Mingzhang (明账): checks a school's public books and renders them as a site."""

__version__ = "0.1.0"
