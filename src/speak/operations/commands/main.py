"""`speak`: which command lies in which module. A module is loaded only when its command is asked for."""

import os
from importlib import import_module
from keyword import iskeyword

import click

from speak.kernel.garbage import while_loading

# Each command: its module, and what --help says of it.
COMMANDS = {
    "run": ("running", "Start everything under one supervisor."),
    "demo": ("demo", "Start a small invented organisation, to look around in."),
    "serve": ("serving", "Answer requests: pages, apps and other servers."),
    "stream": ("streaming", "Tell apps at once what happens."),
    "worker": ("working", "Deliver what is owed, say what was held."),
    "person": ("people", "The people whose home is here."),
    "link": ("people", "Make a link by which one person joins."),
    "token": ("people", "Make an access token for an app."),
    "deliveries": ("deliveries", "What other servers are owed, and why."),
    "safety": ("safety", "Who hears reports, and limits."),
    "programme": ("programmes", "Programmes as files: check, take along, bring."),
    "export": ("exporting", "Write everything that somebody said into one file."),
    "import": ("importing", "Bring what somebody said elsewhere to their home here."),
    "verify": ("exporting", "Look whether a file that was taken along is whole."),
    "mirror": ("mirror", "Show what a conversation held elsewhere shows of itself."),
    "seed": ("seeding", "Make people, apps, follows and posts from a file."),
    "backup": ("copying", "Copy all that this server holds, while it runs."),
    "restore": ("copying", "Put such a copy back."),
    "doctor": ("checking", "Look at the running machine, and say what is wrong."),
    "migrate": ("preparing", "Bring the database to what this version needs."),
    "welcome": ("preparing", "Say where this place is, and how its first person comes in."),
    "invent": ("inventing", "Fill an empty server with the invented organisation; `demo` calls it."),
    "reference": ("documenting", "Write the reference pages from the code."),
}
# These only start other processes, and stay small by not loading the rest of the program.
SMALL = {"run", "serve", "stream", "demo"}


class Commands(click.Group):
    """The commands of this program, loaded when asked for, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Load one command's module, with the settings read first where it needs them."""
        if cmd_name not in COMMANDS:
            return None
        with while_loading():
            if cmd_name not in SMALL:
                os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
                import_module("speak.operations.commands.ground").set_up()
            module = import_module(f"speak.operations.commands.{COMMANDS[cmd_name][0]}")
        # A word that Python keeps for itself has an underscore behind it there.
        command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List them without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="speak-for-yourself", prog_name="speak")
def main() -> None:
    """Speak for Yourself: a home for each person's identity and voice.

    Settings are environment variables that begin with SPEAK_; see docs/reference/settings.md.
    """
