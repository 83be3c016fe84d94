"""Which external programs scripts and tests call: bash read by its grammar, Python by its tree."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

BASH = Parser(Language(tree_sitter_bash.language()))
# What follows these is a program too: `run cp`, `exec setpriv`, `nice -n 10 setpriv`, `command -v mariadb`.
WRAPPERS = {"run", "exec", "command", "nice", "timeout", "xargs", "setpriv", "env", "patiently", "part"}
# What follows these are programs, one and all.
LISTS_OF_PROGRAMS = {"require", "first_of"}
STARTED_BY = {
    *(f"subprocess.{name}" for name in ("run", "Popen", "check_call", "check_output")),
    *("shutil.which", "which", "_program"),
}
PROGRAM = re.compile(r"[a-z][a-z0-9_.+-]*")
NO_PROGRAM = re.compile(r"-|\d|'|\w+=")  # options and their numbers, the name of a part, variables
SCRIPT_OF_A_SHELL = re.compile(r"\bbash -c '([^']*)'")


def called_by_scripts(scripts: list[Path]) -> dict[str, set[str]]:
    """By program, the scripts that call it; what bash itself or a function of theirs does is left out."""
    trees = {script: BASH.parse(script.read_bytes()).root_node for script in scripts}
    own = {_text(name) for tree in trees.values() for name in _functions(tree)}
    done_by_bash = set(
        subprocess.run(
            ["bash", "-c", "compgen -bk"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    )
    found: dict[str, set[str]] = {}
    for script, tree in trees.items():
        assert not tree.has_error, f"{script} cannot be read"
        for name in _programs(tree):
            if name not in own | done_by_bash:
                found.setdefault(name, set()).add(script.name)
    return found


def called_by_python(files: list[Path]) -> dict[str, set[str]]:
    """By program, the files that start it or look for it; a variable is not followed, its look-up is seen."""
    found: dict[str, set[str]] = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _called(node) in STARTED_BY:
                name = _first_word(node.args[0])
                if name and PROGRAM.fullmatch(name):
                    found.setdefault(name, set()).add(file.name)
    return found


def _programs(tree: Node) -> Iterator[str]:
    for node in _all(tree):
        if node.type == "command":
            name, *rest = [_text(child) for child in node.named_children if child.type != "file_redirect"]
            yield from _by_words([name, *rest])
        elif node.type == "variable_assignment" and _text(node).startswith("command=("):
            yield from _by_words(_text(node).removeprefix("command=(").split())


def _by_words(words: list[str]) -> Iterator[str]:
    """The program of a command, and the one that it is asked to start."""
    name, *arguments = words
    if not PROGRAM.fullmatch(name):
        return
    yield name
    if name in LISTS_OF_PROGRAMS:
        yield from (word for word in arguments if PROGRAM.fullmatch(word))
    elif name in WRAPPERS:
        while arguments and NO_PROGRAM.match(arguments[0]):
            del arguments[0]
        if arguments:
            yield from _by_words(arguments)
    if (script := SCRIPT_OF_A_SHELL.search(" ".join(words))) is not None:
        yield from _programs(BASH.parse(script[1].encode()).root_node)


def _functions(tree: Node) -> Iterator[Node]:
    for node in _all(tree):
        if node.type == "function_definition":
            name = node.child_by_field_name("name")
            assert name is not None
            yield name


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
        case ast.Name(id=name):
            return name
    return ""


def _first_word(argument: ast.expr) -> str | None:
    match argument:
        case ast.Constant(value=str(name)):
            return name
        case ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]) | ast.Starred(value=first):
            return _first_word(first)
    return None
