"""``parley show``: a game as it stands."""

import argparse
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import add_format, add_game, add_values, assigned
from analyses.cli.out import add_out, check_out, print_files, write_out

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from games.forms.game import Game
    from games.model import Model


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("show", help="show a game: its question, payoffs and parameters")
    add_game(command)
    add_values(command)
    add_out(command, "the payoffs as they are shown")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the game at the given values."""
    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    game = model.at(**values) if values or not model.parameters else model.game
    write_out(given, game.table)
    if given.format == "json":
        print_answer(given, _plain(model, game), model, values)
        return
    cited = ["\n".join(["References:", *(f"  {work}" for work in model.references)])] if model.references else []
    print(model.described(**values), game, *cited, sep="\n\n")
    print_files(given)


def _plain(model: "Model", game: "Game") -> dict[str, Any]:
    """The model as plain data, with ``game`` as the table that is shown."""
    return {
        "title": model.title,
        "question": model.question,
        "story": model.story,
        "form": game.form,
        "players": list(game.players),
        "parameters": [
            {
                "name": each.name,
                "meaning": each.meaning,
                "default": str(each.default),
                "low": str(each.low),
                "high": str(each.high),
                "unit": str(each.unit),
                "source": str(each.source),
            }
            for each in model.parameters
        ],
        "assumptions": [{"relation": str(each), "reason": each.reason} for each in model.assumptions],
        "table": game.table().as_json(),
        "references": list(map(str, model.references)),
    }
