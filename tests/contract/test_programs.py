"""Whatever is called stands in tools/programs.csv, which installs it: nothing is there by somebody's hand."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import playwright
import pytest
from programs_called import called_by_python, called_by_scripts

CHECKOUT = Path(__file__).parents[2]
# What a fresh machine has: Debian's smallest system with these three.
FRESH_MACHINE = {"python3", "make", "git"}
BROWSER_DRIVER = Path(playwright.__file__).parent / "driver" / "node"
# Where there is systemd, it runs the machine, and these are its; looked for before they are called.
ONLY_WITH_SYSTEMD = {"systemctl", "systemd-run"}
# Of two names one is enough: Debian's MariaDB brings the first, MySQL the second.
OTHER_NAMES = {"mysql": "mariadb", "mysqldump": "mariadb-dump", "chromium-browser": "chromium"}


def installed_by_list() -> dict[str, str]:
    with (CHECKOUT / "tools" / "programs.csv").open(newline="") as file:
        return {row["what"]: row["package"] for row in csv.DictReader(file)}


@cache
def owners() -> dict[str, str]:
    """By file, the Debian package that brought it."""
    return {
        path: listing.stem.partition(":")[0]
        for listing in Path("/var/lib/dpkg/info").glob("*.list")
        for path in listing.read_text("utf-8").splitlines()
    }


def package_of(path: str) -> str:
    ways = (path, path.removeprefix("/usr"), str(Path(path).resolve()), f"/usr{path}")
    return next((owners()[way] for way in ways if way in owners()), f"no package, but {path}")


@cache
def always_there() -> set[str]:
    """The packages that every Debian has, even the smallest."""
    told = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Essential} ${Priority}\n"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {line.split()[0] for line in told.splitlines() if "yes" in line or "required" in line}


def unlisted(called: dict[str, set[str]]) -> dict[str, set[str]]:
    """What nobody installs, with who calls it."""
    listed = installed_by_list()
    known = FRESH_MACHINE | ONLY_WITH_SYSTEMD | {OTHER_NAMES.get(name, name) for name in listed}
    rest = {OTHER_NAMES.get(name, name): callers for name, callers in called.items()}
    found = {}
    for name, callers in rest.items():
        if name not in known:
            path = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
            if path is None or package_of(path) not in always_there():
                found[name] = callers
    return found


def depends(package: str) -> set[str]:
    """What a package stands for: python3-venv brings python3.11-venv."""
    told = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Depends}", package], capture_output=True, text=True, check=False
    ).stdout
    return {re.split(r"[ :(]", one.strip())[0] for one in re.split(r"[,|]", told)}


@pytest.fixture(autouse=True)
def debian(need: Callable[[str | None], None]) -> None:
    need(None if shutil.which("dpkg") else "dpkg is not installed: this is no Debian")


def test_what_deployment_scripts_call_is_installed_by_the_list() -> None:
    called = called_by_scripts(sorted((CHECKOUT / "deployment").rglob("*.sh")))
    assert {"curl", "flock", "gzip", "mariadb-dump", "setpriv", "sha256sum", "useradd"} <= called.keys()
    assert unlisted(called) == {}


def test_what_tests_and_benchmarks_call_is_installed_by_the_list() -> None:
    called = called_by_python(
        [file for folder in ("tests", "benchmarks", "tools") for file in (CHECKOUT / folder).rglob("*.py")]
    )
    assert {"mariadbd", "apache2", "chromium", "openssl", "shellcheck", "cron"} <= called.keys()
    assert unlisted(called) == {}


def test_what_the_tools_and_ci_call_is_installed_by_the_list() -> None:
    scripts = [CHECKOUT / ".ci" / "run", CHECKOUT / ".ci" / "everything"]
    scripts += [CHECKOUT / "tools" / name for name in ("need", "fresh-debian")]
    called = called_by_scripts(scripts)
    assert {"debootstrap", "unshare", "chroot", "make"} <= called.keys()
    assert unlisted(called) == {}


def test_libraries_of_the_browser_driver_are_installed_by_the_list() -> None:
    told = subprocess.run(["ldd", BROWSER_DRIVER], capture_output=True, text=True, check=True).stdout
    found = dict(re.findall(r"^\s*(\S+\.so\S*) => (\S+)", told, re.MULTILINE))
    assert "libatomic.so.1" in found
    brought = {name: package_of(path) for name, path in found.items()}
    of_apt = {"libc6", "libstdc++6", "libgcc-s1"}  # what apt itself is linked with
    assert set(brought.values()) - of_apt - set(installed_by_list().values()) == set()


def test_every_package_of_the_list_brings_what_it_is_listed_for() -> None:
    for what, package in installed_by_list().items():
        patterns = (
            [what] if what.startswith("/") else [f"{folder}/{what}" for folder in ("usr/bin", "usr/sbin")]
        )
        there = [str(path) for one in patterns for path in Path("/").glob(one.removeprefix("/"))]
        if there:  # on a machine that has it; the fresh machine of CI has all of it
            assert package_of(there[0]) in {package, *depends(package)}


@pytest.mark.parametrize(
    "line", ["nmap -p 80 localhost", "exec nmap x", "run nmap", "x=$(nmap)", "nice -n 9 nmap"]
)
def test_a_program_that_nobody_installs_is_found(line: str, tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    script.write_text(f"helper() {{ echo; }}\nhelper | grep -q x\n{line}\n", "utf-8")
    assert called_by_scripts([script]).keys() - {"grep", "nice", "run"} == {"nmap"}
    assert unlisted({"nmap": {"script.sh"}}) == {"nmap": {"script.sh"}}
