"""`park-downtime`: the list of commands; each lives in commands/ and is imported when it is called."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from keyword import iskeyword

import click

from park_downtime import __version__
from park_downtime.config import gc_tuning
from park_downtime.plain_text import escaped_lines, one_line

COMMANDS = {
    "run": "Everything in one process: dashboard, API and scheduler.",
    "demo": "The same against a simulated feed, with history; needs no network.",
    "serve": "Dashboard and API only.",
    "collect": "One collection cycle: ask the feed, store what it says.",
    "aggregate": "Close the local days that are over and total them.",
    "prune": "Delete raw rows that are old and no longer needed.",
    "classify": "Say anew what every entry is and how much it matters.",
    "migrate": "Bring the database to the newest revision.",
    "replay": "Run recorded cycles through the code of `collect`.",
    "simulate": "Serve a simulated feed over HTTP.",
    "parks": "Which parks are followed, and who is left out and why.",
    "doctor": "Check settings, database, feed and freshness.",
    "verify": "Our downtime beside another source's daily minutes.",
    "void": "Make a stretch unknown in which the feed lied, or take that back.",
    "rejudge": "Closed days by the present method, from the archive.",
    "keys": "Create, list and revoke API keys.",
    "export": "Everything permanent in one file.",
    "import": "What `export` wrote, into an empty database.",
    "publish": "The open data set, into a folder that any web server can serve.",
    "report": "Rankings, or what is open now, in the terminal.",
}

MORE = "LOG_LEVEL=DEBUG shows where it happened"


class LazyGroup(click.Group):
    """Knows its commands by name and summary, so that `--help` imports none of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = name + "_" * iskeyword(name)
        command: click.Command = import_module(f"park_downtime.commands.{module}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="park-downtime")
def cli() -> None:
    """Theme Park Downtime Tracker: when rides were down while their park was running.

    Settings come from the environment and from `.env`; `park-downtime doctor` shows those in force.
    Exit status: 0 done, 1 failed, 2 wrong usage or settings. Data powered by Queue-Times.com.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; answers its exit status. A failure is one clear line on stderr."""
    gc_tuning.look_rarely()
    try:
        result = cli.main(arguments, prog_name="park-downtime", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 1
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        click.echo(f"Error: {one_line(error.format_message())}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # The reader has seen enough (`| head`); nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last place to catch: everything else becomes one line
        return _failed(error)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    from park_downtime.commands.failures import explained

    known = explained(error)
    logging.getLogger(__name__).debug("failed", exc_info=error)
    if known is None:
        click.echo(f"Error: {one_line(f'{type(error).__name__}: {error}')} ({MORE})", err=True)
        return 1
    click.echo(f"Error: {escaped_lines(known.text)}", err=True)
    return known.exit_status


if __name__ == "__main__":
    sys.exit(main())
