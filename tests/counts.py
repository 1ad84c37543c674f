"""What fault tests count: said where it is counted, and once more at the end of the run."""

from collections.abc import Callable

import pytest

Say = Callable[[str], None]

_counts: list[str] = []


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Say:
    """Give a way to print counts, which stand once more at the end of the run."""

    def print_and_keep(line: str) -> None:
        print(line)
        request.node.user_properties.append(("counts", line))

    return print_and_keep


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note counts; the reports of every worker process come by here."""
    if report.when == "call":
        _counts.extend(str(value) for name, value in report.user_properties if name == "counts")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was counted."""
    if _counts:
        terminalreporter.section("counts")
        for line in _counts:
            terminalreporter.line(line)
