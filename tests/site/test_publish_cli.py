"""A build that was broken off never ends as one that is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import build as building
from generator.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("failure", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141)])
def test_a_build_that_is_broken_off_is_not_ok(
    failure: type[BaseException], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: object, **named: object) -> None:
        raise failure

    monkeypatch.setattr(building, "publish", stop)
    assert main(["build", "--root", str(ROOT), "--out", str(tmp_path / "site")]) == code
    assert not (tmp_path / "site").exists()
