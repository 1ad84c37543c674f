"""Tests that need a program of Debian's which is not on the machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import check
from tests.debian import INSTALL

ROOT = Path(__file__).resolve().parents[2]
TWO_TESTS = """
import pytest

@pytest.mark.needs("gettext")
def test_that_needs_it():
    raise AssertionError

def test_that_needs_nothing():
    pass
"""


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no program be found but Python."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(("nothing", "status"), [("", 0), ("1", 1)])
@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_missing_program_is_named(
    tmp_path: Path, nothing: str, status: int, workers: str
) -> None:
    """The end tells how many tests were left out and what installs it; CI fails there."""
    (tmp_path / "test_two.py").write_text(TWO_TESTS)
    few = ["--noconftest", "-p", "no:cacheprovider", "-p", "tests.left_out", "-n", workers]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "pyproject.toml", *few, tmp_path],
        cwd=ROOT,
        env=os.environ | {"NOTHING_LEFT_OUT": nothing},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed, 1 skipped" in ended.stdout
    assert "1 test(s) need gettext" in ended.stdout
    assert INSTALL in ended.stdout
    assert status == ended.returncode


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(("nothing", "status"), [("", 0), ("1", 1)])
def test_make_test_ends_with_what_was_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nothing: str, status: int
) -> None:
    """Whatever the checks printed before, the list and the line to install come last."""
    monkeypatch.setattr(check, "CHECKS", ())
    monkeypatch.setenv("NOTHING_LEFT_OUT", nothing)
    ended = check.main([])
    first, second, *rest = capsys.readouterr().out.splitlines()
    needed = "chromium, gettext, hunspell-kk, hunspell-ru, openssl"
    assert f"LEFT OUT: the tests that need {needed}." == first
    assert f"To run them too: {INSTALL}" == second
    assert ["FAILED: nothing may be left out"] * status == rest
    assert status == ended
