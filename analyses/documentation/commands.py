"""The page of a command: what its argument parser says of it, and an example."""

import argparse
from collections.abc import Iterator

from analyses.documentation.sections import section


def command_page(name: str, command: argparse.ArgumentParser, summary: str, examples: str) -> str:
    """The page in Markdown; ``examples`` is the written page that has a section for each command."""
    usage = " ".join(command.format_usage().split()).removeprefix("usage: ")
    parts = [
        f"# `parley {name}`",
        f"{summary[:1].upper()}{summary[1:]}.",
        section(examples, name),
        "## What it takes",
        f"```text\n{usage}\n```",
        "\n".join(_arguments(command)),
        *([command.description] if command.description else []),
        *([f"```text\n{command.epilog}\n```"] if command.epilog else []),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    """An item of a list for each argument and option."""
    formatter = argparse.HelpFormatter(command.prog)
    for action in command._actions:
        if not action.option_strings and action.choices is None:
            named = [str(action.metavar or action.dest)]
        elif not action.option_strings:
            named = [formatter._metavar_formatter(action, action.dest.upper())(1)[0]]
        else:
            taken = "" if action.nargs == 0 else f" {formatter._format_args(action, action.dest.upper())}"
            named = [f"{option}{taken}" for option in action.option_strings]
        said = (action.help or "") % {**vars(action), "prog": command.prog}
        yield f"- {', '.join(f'`{each}`' for each in named)}: {said}"
