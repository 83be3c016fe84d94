"""What the kernel says of processes: their memory, descriptors and connections to a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
ESTABLISHED = "01"


@dataclass(frozen=True, slots=True)
class Seen:
    """One process at one moment. `descriptors` are those besides its `connections` to the database."""

    pid: int
    role: str
    resident_mb: float
    peak_mb: float
    descriptors: int
    connections: int


def family_of(pid: int, database_port: int) -> list[Seen]:
    """The process with all that descend from it, but for those that end meanwhile."""
    sockets = _connected_to(database_port)
    seen = []
    for member in _descendants(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            seen.append(_look(member, sockets))
    return seen


def _descendants(pid: int) -> Iterator[int]:
    yield pid
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                children.setdefault(int(parent), []).append(int(folder.name))
    unseen = [pid]
    while unseen:
        for child in children.get(unseen.pop(), []):
            unseen.append(child)
            yield child


def _look(pid: int, sockets: set[str]) -> Seen:
    folder = PROC / str(pid)
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    opened = list(_links(folder / "fd"))
    connections = sum(target in sockets for target in opened)
    return Seen(
        pid,
        _role((folder / "cmdline").read_text()),
        resident_mb=int(status["VmRSS"].split()[0]) / 1024,
        peak_mb=int(status["VmHWM"].split()[0]) / 1024,
        descriptors=len(opened) - connections,
        connections=connections,
    )


def _role(command: str) -> str:
    if command.startswith("(wsgi:"):
        return "API"
    return "rotatelogs" if "rotatelogs" in command.split("\0")[0] else "Apache"


def _links(folder: Path) -> Iterator[str]:
    for entry in folder.iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            yield str(entry.readlink())


def _connected_to(port: int) -> set[str]:
    """The sockets with this port at their other end, as /proc/PID/fd names them."""
    found = set()
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:]:
        _, _, other, state, *_, inode = line.split()[:10]
        if state == ESTABLISHED and int(other.rpartition(":")[2], 16) == port:
            found.add(f"socket:[{inode}]")
    return found
