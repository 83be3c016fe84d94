"""Lock every dependency, those of dependencies too, with hashes: `make lock`.

What is asked for stands in pyproject.toml. Each lock file holds for every Python that we support, on every
system; the others keep to what requirements.txt says. No address stands in them: which index is asked is a
matter of the machine that installs. What is locked stays, unless `make lock UPGRADE=1` asks for newer ones.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
OLDEST_PYTHON = "3.11"
MAIN = "requirements.txt"


def declared(pyproject: Path) -> dict[str, list[str]]:
    """By lock file, what pyproject.toml asks for; the build's own needs belong to what runs everywhere."""
    content = tomllib.loads(pyproject.read_text("utf-8"))
    project = content["project"]
    extras = {f"requirements-{name}.txt": asked for name, asked in project["optional-dependencies"].items()}
    return {
        MAIN: [*project["dependencies"], *content["build-system"]["requires"]],
        **extras,
        "requirements-dev.txt": content["dependency-groups"]["dev"],
    }


def lock(file: str, requirements: list[str], upgrade: bool) -> None:
    """What stands in the file already is kept as long as it satisfies what is asked for, unless upgrading."""
    subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "-", "--output-file", file, "--quiet"),
            *("--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-config"),
            *("--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"),
            *(() if file == MAIN else ("--constraint", MAIN)),
            *(("--upgrade",) if upgrade else ()),
        ],
        input="\n".join(requirements),
        text=True,
        cwd=CHECKOUT,
        check=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make lock", description=__doc__.partition("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest releases that are allowed")
    upgrade = parser.parse_args().upgrade
    for file, requirements in declared(CHECKOUT / "pyproject.toml").items():
        lock(file, requirements, upgrade)


if __name__ == "__main__":
    main()
