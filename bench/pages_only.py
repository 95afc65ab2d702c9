"""Our build without the downloads, feeds and archives, which the others do not make: ``python -m bench.pages_only ROOT OUT``.

All else is what `generator.build.build` does: read, check, every rule, every page, the frames, publish.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator.build import check, rendered_pages
from generator.site.frame import build_frames
from generator.site.project import Project
from generator.site.publish import publish
from generator.site.stamp import RenderedSite, stamp_site


def main(root: Path, out: Path) -> None:
    """Check the school in `root` and publish its pages, and nothing else, to `out`."""
    checked = check(root)
    books = checked.books
    if books is None or checked.errors:
        raise SystemExit("the school has errors")
    school = books.data.school
    pages = tuple(rendered_pages(books, checked.commit, root))
    site = RenderedSite(
        pages, {}, books.language.code, school.name, bool(school.sample), school.short_name or "",
        problems=checked.problems,
    )  # fmt: skip
    frames = build_frames(Project(root), site.language, site.site_name, site.sample, short_name=site.short_name)
    publish(out, stamp_site(site, frames))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
