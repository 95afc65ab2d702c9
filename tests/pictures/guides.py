"""The pictures of the guides for staff, in `docs/zh/pictures/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.pictures.camera import Camera

GUIDES: Mapping[str, Callable[[Camera], None]] = {}
"""Each picture by its name (without ending), with what takes it."""
