"""Builds the virtual environment from hash-locked requirements: `environment.py FOLDER FILE`.

Needs only Python's own library; used by the Makefile and by hand where there is no make.
"""

import subprocess
import sys
import venv
from pathlib import Path

LEAST = (3, 11)


def main(folder: str, requirements: str) -> None:
    """Create the folder if needed, install exactly what the file locks, then the project."""
    if sys.version_info < LEAST:
        sys.exit(
            f"Python {LEAST[0]}.{LEAST[1]} or newer is needed; this is {sys.version.split()[0]}."
        )
    place = Path(folder)
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"Creating {place} ...", flush=True)
        venv.create(place, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    print("Installing the locked requirements ...", flush=True)
    subprocess.run([*pip, "--require-hashes", "-r", requirements], check=True)
    root = str(Path(__file__).parents[1])
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", root], check=True)
    compile_ = [str(python), "-m", "compileall", "-q", f"{root}/bot", f"{root}/conversations"]
    subprocess.run(compile_, check=True)  # a start with bytecode takes half the time


if __name__ == "__main__":
    main(*sys.argv[1:])
