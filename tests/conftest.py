"""What every test may use, and what is said at the end about tests that were left out."""

import os

import pytest

from tests.debian import INSTALL, PRESENT

pytest_plugins = [
    "sandbox.pytest_plugin",
    "tests.counts",
    "tests.postgres",
    "tests.processes",
]

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
        _, _, name = report.longrepr[2].partition(_NEEDS)
        if name:
            _left_out[name] = _left_out.get(name, 0) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was left out with the line that installs what it needs."""
    if _left_out:
        terminalreporter.section("left out")
        for name, tests in sorted(_left_out.items()):
            terminalreporter.line(f"{tests} test(s) need {name}")
        terminalreporter.line(INSTALL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where nothing may be left out: that is what CI asks for."""
    if _left_out and os.environ.get("NOTHING_LEFT_OUT"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
