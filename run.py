"""Do everything from a clean checkout with Python alone: `python3 run.py html` builds the book, `... tests` tests it.

Makes an environment in `.venv`, installs nox into it, and hands its arguments to nox as the names
of sessions. `python3 run.py --list` lists them; what stands behind `--` goes to the session.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if sys.platform == "win32" else "bin") / "python"
NEEDED = (3, 11)
NOX = "nox>=2025.2.9"


def main(arguments: list[str]) -> int:
    """Run nox with `arguments`; return its exit code, or 2 with a sentence where it cannot be run."""
    if sys.version_info < NEEDED:
        found = ".".join(map(str, sys.version_info[:2]))
        return _fail(f"Python {NEEDED[0]}.{NEEDED[1]} or newer is needed, and this is {found}")
    if not _has_nox():
        print(f"installing nox into {VENV.name} ...", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            return _fail("the environment could not be made; on Debian install it with: apt install python3-venv")
        if subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", NOX], check=False).returncode:
            return _fail("nox could not be installed; see the message of pip above")
    options = [item for item in arguments if item.startswith("-")]
    sessions = [] if not arguments or options == arguments else ["--session"]
    return subprocess.run([str(PYTHON), "-m", "nox", *sessions, *arguments], cwd=ROOT, check=False).returncode


def _has_nox() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([str(PYTHON), "-c", "import nox"], capture_output=True, check=False).returncode == 0


def _fail(sentence: str) -> int:
    print(f"run.py: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
