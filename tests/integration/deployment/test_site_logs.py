"""The site's logs go through a pipe: what that needs, and what a reload by others does to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import apache
import pytest
from apache import Apache
from deployed_site import ask
from deployment import CHECKOUT
from waiting import wait_until

USER = "www-data"


@pytest.fixture
def make(need: Callable[[str | None], None], open_folder: Path, request: pytest.FixtureRequest) -> MakeSite:
    """The shipped site without an API behind it; words are defines."""
    need(apache.missing_part())
    folder = open_folder / request.node.name.partition("[")[0]
    (folder / "frontend" / "current").mkdir(parents=True, exist_ok=True)

    def made(**defines: str) -> Apache:
        deployed = CHECKOUT / "deployment" / "apache"
        backend = {"PARK_BACKEND_CONF": str(deployed / "proxy.conf")}
        return Apache(
            folder,
            deployed / "themeparkhall.conf",
            {"PARK_ROOT": str(folder), **backend, **defines},
            USER,
        )

    return made


MakeSite = Callable[..., Apache]


@pytest.mark.parametrize("name", ["PARK_ROTATELOGS", "PARK_LOG_KEEPER"])
def test_a_program_that_is_missing_is_told_while_the_configuration_is_read(make: MakeSite, name: str) -> None:
    """Else a reload would end Apache, and with it the site beside ours."""
    with pytest.raises(RuntimeError, match=r"Syntax error.*\n/nowhere/program is not there: "):
        make(**{name: "/nowhere/program"}).start()


def test_after_a_reload_the_file_of_the_day_goes_on(make: MakeSite) -> None:
    server = make()
    server.start()
    try:
        ask(server, "GET", "/before")
        wait_until("its line", server.accesses, lambda lines: "/before" in lines)
        server.reload()

        def lines_once_asked() -> str:  # again, as a process that ends may lose its line
            ask(server, "GET", "/after")
            return server.accesses()

        wait_until("a later line", lines_once_asked, lambda lines: "/after" in lines)
        begun_at = {file.name.rpartition("T")[2] for file in server.files_of("access")}
        assert begun_at == {"000000"}
        assert "/before" in server.accesses()
        assert (server.logs / "access.log").samefile(server.files_of("access")[-1])
    finally:
        server.stop()
