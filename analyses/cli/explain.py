"""``parley explain``: why the equilibria of a game are equilibria."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import add_concept, add_format, add_game, add_time_limit, add_values, assigned
from analyses.cli.solve import solved
from analyses.cli.terminal import print_wrapped

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from games.model import Model
    from games.solvers.equilibria import Equilibria

MOST_TOLD = 3
"""The first sentence names so many ways in which the game may go."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("explain", help="why the equilibria of a game are equilibria, in plain sentences")
    add_game(command)
    add_concept(command)
    add_values(command)
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints in a sentence what the equilibria are, then, for each, why it is one."""
    from analyses.explain import explain_all

    model, equilibria = solved(given)
    explanations = explain_all(equilibria, model)
    if given.format == "json":
        found = {
            "concept": equilibria.concept,
            "exact": equilibria.exact,
            "complete": equilibria.complete,
            "sentence": _sentence(model, equilibria),
            "explanations": [{"heading": each.heading, "steps": list(each.steps)} for each in explanations],
            "remarks": list(equilibria.remarks),
        }
        print_answer(given, found, model, assigned(given.values))
        return
    print_wrapped([_sentence(model, equilibria)])
    print(f"\n{equilibria.heading}")
    for explanation in explanations:
        print()
        print(explanation)
    for remark in equilibria.remarks:
        print(f"note: {remark}")


def _sentence(model: "Model", equilibria: "Equilibria") -> str:
    """In one sentence: how many equilibria there are, and what happens in them."""
    from analyses.chances import teller
    from games.forms.telling import outcomes_in_words

    one, several = equilibria.noun
    happens = teller(model, equilibria.game, equilibria)
    told = dict.fromkeys(outcomes_in_words(happens(found)) for found in equilibria)
    if not told:
        found = "" if equilibria.complete else " that was found"
        return f"{model.title} has no {equilibria.concept} {one}{found}."
    shown = [*told][:MOST_TOLD]
    more = f"; or one of {len(told) - len(shown)} others" if len(told) > len(shown) else ""
    count = f"{len(equilibria)} {equilibria.concept} {one if len(equilibria) == 1 else several}"
    return f"{model.title} has {count}: {'; or '.join(shown)}{more}."
