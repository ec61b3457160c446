"""`speak reference`: writes docs/reference from the code, so that it is true."""

import copy
import inspect
import json
import re
from dataclasses import is_dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from django.apps import apps

from speak.clients.openapi import document
from speak.clients.urls import ENDPOINTS
from speak.kernel.events import listeners
from speak.operations import settings
from speak.operations.commands import main as commands

READER = re.compile(r'env\.(?P<kind>\w+)\(\s*"(?P<name>SPEAK_\w+)"(?:,\s*(?P<rest>.*?))?\)', re.DOTALL)
SHOWN: dict[str, Any] = {"terminal_width": 100, "max_content_width": 100}
SPOKEN = {"True": "yes", "False": "no"}
KINDS = {
    "zone": "a time zone",
    "text": "text",
    "flag": "yes or no",
    "choice": "a word",
    "number": "a whole number",
    "url": "an address",
    "service": "an address",
    "networks": "address ranges",
    "folder": "a folder",
}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs/reference"))
def reference(folder: Path) -> None:
    """Write the pages about settings, commands, events and the API for apps into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, encoding="utf-8")
        click.echo(f"{folder / name}")


def pages() -> dict[str, str]:
    """Each page by its file name."""
    return {"settings.md": _settings(), "commands.md": _commands(), "events.md": _events(), "openapi.json": _api()}


def _settings() -> str:
    rows = []
    comment: list[str] = []
    source = inspect.getsource(settings).splitlines()
    for number, line in enumerate(source):
        if line.startswith("# ") and not line.startswith("# ---"):
            comment.append(line[2:])
            continue
        found = READER.search("\n".join(source[number : number + 4])) if "= env." in line else None
        if found and found["name"] in line:
            default = re.search(r"default=([^,)]+)", found["rest"] or "")
            value = SPOKEN.get(default[1], default[1].strip('"')) if default else ""
            rows.append(f"| `{found['name']}` | {KINDS[found['kind']]} | {value} | {' '.join(comment)} |")
        comment = []
    head = "# Settings\n\nEnvironment variables, read once at the start. A wrong value refuses to start and says why.\n"
    note = "A text may also be read from a file: put its path in the variable's name with `_FILE` after it.\n"
    table = "| variable | is | unless set | what it does |\n|---|---|---|---|\n"
    return f"{head}{note}\n{table}" + "\n".join(rows) + "\n"


def _commands() -> str:
    parts = ["# Commands\n\nThe command line calls the same actions as the pages. Each command has `--help`."]
    context = click.Context(commands, info_name="speak")
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        if isinstance(command, click.Group):
            parts += [_command(f"speak {name} {sub}", command.commands[sub]) for sub in command.commands]
        elif command is not None:
            parts.append(_command(f"speak {name}", command))
    return "\n\n".join(parts) + "\n"


def _command(path: str, command: click.Command) -> str:
    shown = copy.copy(command)
    shown.add_help_option = False  # every command has --help
    with click.Context(shown, info_name=path, **SHOWN) as context:
        return f"## {path}\n\n```text\n{shown.get_help(context)}\n```"


def _events() -> str:
    parts = ["# Events\n\nFacts, and who hears them. Every listener runs inside the transaction that made it true."]
    heard_by = listeners()
    for event in sorted(_declared(), key=lambda kind: (kind.__module__, kind.__name__)):
        said = inspect.getdoc(event) or ""
        rows = [f"- `{who.__module__}.{who.__name__}`: {_first_line(who)}" for who in heard_by.get(event, ())]
        parts.append(f"## {event.__name__}\n\n`{event.__module__}`. {said}\n\n" + ("\n".join(rows) or "Nobody yet."))
    return "\n\n".join(parts) + "\n"


def _api() -> str:
    return json.dumps(document(ENDPOINTS), indent=1, ensure_ascii=False) + "\n"


def _declared() -> set[type]:
    """Every fact of every package, heard or not."""
    modules = [f"{package.name}.events" for package in apps.get_app_configs() if package.name.startswith("speak.")]
    found = [import_module(name) for name in modules if find_spec(name)]
    kinds = [kind for module in found for _, kind in inspect.getmembers(module, inspect.isclass)]
    return {kind for kind in kinds if is_dataclass(kind) and kind.__module__ in modules}


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n", maxsplit=1)[0]
