"""`speak`: which command lies in which module. A module is loaded only when its command is asked for."""

import os
from importlib import import_module

import click

COMMANDS = {
    "run": "running",
    "serve": "serving",
    "worker": "working",
    "migrate": "preparing",
    "person": "people",
    "link": "people",
    "token": "people",
    "seed": "seeding",
    "doctor": "checking",
    "reference": "documenting",
    "welcome": "preparing",
}
# These only start other processes, and stay small by not loading the rest of the program.
SMALL = {"run", "serve"}


class Commands(click.Group):
    """The commands of this program, loaded when asked for, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command's module, with the settings read first where it needs them."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in SMALL:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
            import_module("speak.operations.commands.ground").set_up()
        module = import_module(f"speak.operations.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="speak-for-yourself", prog_name="speak")
def main() -> None:
    """Speak for Yourself: a home for each person's identity and voice.

    Settings are environment variables that begin with SPEAK_; see docs/reference/settings.md.
    """
