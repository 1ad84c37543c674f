"""What every test may use, and what is said at the end about tests that could not run."""

import os

import pytest

from tests.debian import INSTALL, PRESENT

pytest_plugins = ["sandbox.pytest_plugin", "tests.postgres"]

_LEFT_OUT: dict[str, int] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests whose Debian package is not on this machine, and count them."""
    present = {name: check() for name, check in PRESENT.items()}
    for item in items:
        for marker in item.iter_markers("needs"):
            for name in marker.args:
                if not present[name]:
                    _LEFT_OUT[name] = _LEFT_OUT.get(name, 0) + 1
                    item.add_marker(pytest.mark.skip(reason=f"needs {name}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was left out with the line that installs what it needs."""
    if _LEFT_OUT:
        terminalreporter.section("left out")
        for name, tests in sorted(_LEFT_OUT.items()):
            terminalreporter.line(f"{tests} test(s) need {name}")
        terminalreporter.line(INSTALL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where nothing may be left out: that is what CI asks for."""
    if _LEFT_OUT and os.environ.get("NOTHING_LEFT_OUT"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
