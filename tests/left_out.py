"""Tests that cannot run on this machine: left out, and told of at the end of the run."""

import os

import pytest

from tests.debian import INSTALL, PRESENT

_NEEDS = "needs the Debian package "
_left_out: dict[str, int] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests whose Debian package is not on this machine."""
    missing = {name for name, present in PRESENT.items() if not present()}
    for item in items:
        for marker in item.iter_markers("needs"):
            for name in missing.intersection(marker.args):
                item.add_marker(pytest.mark.skip(reason=f"{_NEEDS}{name}"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what was left out; the reports of every worker process come by here."""
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ").removeprefix(_NEEDS)
        _left_out[reason] = _left_out.get(reason, 0) + 1


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was left out with the line that installs what it needs."""
    if _left_out:
        terminalreporter.section("left out")
        for reason, tests in sorted(_left_out.items()):
            words = f"need {reason}" if reason in PRESENT else f"because: {reason}"
            terminalreporter.line(f"{tests} test(s) {words}")
        if PRESENT.keys() & _left_out:
            terminalreporter.line(INSTALL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where nothing may be left out: that is what CI asks for."""
    if PRESENT.keys() & _left_out and os.environ.get("NOTHING_LEFT_OUT"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
