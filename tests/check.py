"""`make test`: style, types, architecture, then every test."""

import subprocess
import sys
from pathlib import Path

CHECKS = (
    ("style", ["ruff", "check", "."]),
    ("layout of the code", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("architecture", ["lint-imports", "--no-cache"]),
    ("tests", ["pytest", "-n", "2", "--dist", "loadfile"]),
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
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
