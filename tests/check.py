"""`make test`: style, types, architecture, then every test; at the end, what could not be run."""

import os
import subprocess
import sys
from pathlib import Path

from tests.debian import INSTALL, PRESENT

CHECKS = (
    ("style", ["ruff", "check", "."]),
    ("layout of the code", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("architecture", ["lint-imports", "--no-cache"]),
    # Four at a time on two cores: much of their time they wait for a bot that waits for them.
    ("tests", ["pytest", "-n", "4", "--dist", "loadgroup", "--no-loadscope-reorder"]),
)


def main(arguments: list[str]) -> int:
    """Run every check, the later ones too when an earlier one fails; return 1 if any did."""
    scripts = Path(sys.executable).parent
    failed = []
    for name, (program, *options) in CHECKS:
        print(f"== {name}", flush=True)
        more = arguments if name == "tests" else []
        if subprocess.run([scripts / program, *options, *more], check=False).returncode:
            failed.append(name)
    missing = left_out()
    if missing and os.environ.get("NOTHING_LEFT_OUT"):
        failed.append("nothing may be left out")
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def left_out() -> list[str]:
    """Say which Debian packages are not here, so that their tests were left out; return them."""
    missing = [name for name, present in PRESENT.items() if not present()]
    if missing:
        print(f"LEFT OUT: the tests that need {', '.join(missing)}.", flush=True)
        print(f"To run them too: {INSTALL}", flush=True)
    return missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
