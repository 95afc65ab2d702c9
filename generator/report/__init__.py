"""What is said below a change that somebody proposes: one Markdown comment for the people who type the figures.

`gathered` collects what there is to say, the other modules say one part of it each, and `comment` puts the parts
together: first whether the change can go in, then what to do, then every place that has to be mended.
"""

from generator.report.comment import COMMENT, MARKER, SUMMARY, comment
from generator.report.gathered import Gathered, gather

__all__ = ["COMMENT", "MARKER", "SUMMARY", "Gathered", "comment", "gather"]
