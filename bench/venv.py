"""A venv of bench's own, with the libraries that mailflow's reading is measured beside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PLACE = HERE.parent / ".bench"
REQUIREMENTS = HERE / "libraries" / "requirements.txt"


def installed() -> dict[str, str]:
    """Install what can be installed, each library by itself; give why one could not."""
    python = PLACE / "venv" / "bin" / "python"
    wanted = [line for line in REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PLACE / "venv")], check=True)
    problems = {}
    for library in wanted:
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", library]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            problems[library] = (done.stderr.strip().splitlines() or ["?"])[-1]
    return problems


def run(script: str, *arguments: object) -> str:
    """Run a script of bench/libraries in the venv and give what it printed."""
    command = [str(PLACE / "venv" / "bin" / "python"), str(HERE / "libraries" / script), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout


def source_of(library: str, folder: Path) -> Path:
    """Fetch a library's source with pip into a folder, unpacked; it is never kept."""
    pip = [str(PLACE / "venv" / "bin" / "python"), "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--no-deps", "--no-binary", ":all:", "-d", str(folder), library],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    archive: Any = next(folder.glob("*.tar.gz"))
    subprocess.run(["tar", "xzf", str(archive), "-C", str(folder)], check=True)
    return next(path for path in folder.iterdir() if path.is_dir())
