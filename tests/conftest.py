"""What every test may use; what is said at the end about counts and about tests left out."""

import os

import pytest

from tests.debian import INSTALL, PRESENT

pytest_plugins = ["sandbox.pytest_plugin", "tests.postgres"]

_NEEDS = "needs the Debian package "
_left_out: dict[str, int] = {}
_counts: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests whose Debian package is not on this machine."""
    missing = {name for name, present in PRESENT.items() if not present()}
    for item in items:
        for marker in item.iter_markers("needs"):
            for name in missing.intersection(marker.args):
                item.add_marker(pytest.mark.skip(reason=f"{_NEEDS}{name}"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note counts and what was left out; the reports of every worker process come by here."""
    if report.when == "call":
        _counts.extend(str(value) for name, value in report.user_properties if name == "counts")
    if report.skipped and isinstance(report.longrepr, tuple):
        _, _, name = report.longrepr[2].partition(_NEEDS)
        if name:
            _left_out[name] = _left_out.get(name, 0) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was counted, and what was left out with the line that installs what it needs."""
    if _counts:
        terminalreporter.section("counts")
        for line in _counts:
            terminalreporter.line(line)
    if _left_out:
        terminalreporter.section("left out")
        for name, tests in sorted(_left_out.items()):
            terminalreporter.line(f"{tests} test(s) need {name}")
        terminalreporter.line(INSTALL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where nothing may be left out: that is what CI asks for."""
    if _left_out and os.environ.get("NOTHING_LEFT_OUT"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
