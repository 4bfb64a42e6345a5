"""``parley policies``: what follows from each action that a player may commit to, over all payoffs."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import TOLD_BEFORE, print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
    Once,
    add_figure,
    add_format,
    add_game,
    add_points,
    add_time_limit,
    points_asked,
)
from analyses.cli.out import add_out, check_out, write_out
from analyses.cli.terminal import observer
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from analyses.policies import BestSets, Policies, Radius, Scenario
    from games.model import Model

FEW = 3
"""With so many parameters at most, the condition under which each policy is best is written out."""

SECONDS = 20.0
"""How long a radius or a box is looked for."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "policies",
        help="what follows from each action a player may commit to, and what it may regret",
    )
    add_game(command)
    command.add_argument("player", metavar="PLAYER", help="the player whose actions are the policies")
    command.add_argument(
        "--at",
        metavar="PLACE",
        action=Once,
        help="the decision, such as 'Russia after Full'; by default each first decision of the player",
    )
    add_points(command, "how many points (default: 4096)")
    command.add_argument(
        "--selection",
        metavar="NAME",
        action=Once,
        help="which of several equilibria is meant, such as 'best for Japan'; by default the worst for the player",
    )
    command.add_argument(
        "--outcome",
        metavar="WORDS",
        action=Once,
        help="find boxes of payoffs in which this outcome follows from a policy, or never does, and prove them",
    )
    drawn = "draw the policies, and boxes beside them,"
    add_figure(command, drawn)
    add_out(command, "every point", drawn.rstrip(","))
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what follows from each policy, decision by decision, and writes the files."""
    from analyses.policies import first_decisions
    from games.solvers.limits import interruptible, observed

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    first = first_decisions(model, given.player)
    several = [place for place, actions in first.items() if len(actions) > 1]
    places = [given.at] if given.at is not None or len(several) < 2 else several
    told = []
    with interruptible(), observed(observer()):
        for number, place in enumerate(places, start=1):
            mark = f"-{number}" if len(places) > 1 else ""
            told.append(_told(model, given, place, mark))
            if given.format == "table":
                print("\n" * (number > 1) + told[-1].text())
    if given.format == "json":
        decisions = [each.as_json() for each in told]
        print_answer(given, {"fixed": decisions[0]["fixed"], "decisions": [_own(each) for each in decisions]}, model)


def _own(decision: dict[str, Any]) -> dict[str, Any]:
    """What is told of one decision, without what is told of the model."""
    return {key: value for key, value in decision.items() if key not in TOLD_BEFORE}


class Told:
    """What is told of one decision."""

    def __init__(
        self,
        found: "Policies",
        radius: "Radius | None",
        best: "BestSets | None",
        scenarios: "list[Scenario]",
        files: list[Path],
    ) -> None:
        self.found, self.radius, self.best, self.scenarios, self.files = found, radius, best, scenarios, files

    def text(self) -> str:
        """The answer in sentences, then the table, then boxes, and what the parameters named there stand for."""
        from analyses.solution.report import glosses

        parts = [str(self.found), str(self.found.table())]
        if self.radius is not None:
            parts.append(f"At the model's own values:\n{self.radius}")
        if self.best is not None:
            parts.append(str(self.best))
        parts += [str(each) for each in self.scenarios]
        spoken = re.findall(r"\w+", " ".join(parts))
        parts += ["\n".join(lines)] if (lines := [*glosses(self.found.model, spoken)]) else []
        parts += ["\n".join(map(str, self.files))] if self.files else []
        return "\n\n".join(parts)

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        data = self.found.as_json()
        data["radius"] = None if self.radius is None else self.radius.as_json()
        data["best_sets"] = None if self.best is None else self.best.as_json()
        data["boxes"] = [each.as_json() for each in self.scenarios]
        return data


def _told(model: "Model", given: argparse.Namespace, place: str | None, mark: str) -> Told:
    from analyses.policies import best_sets, policies, radius_at_defaults

    asked = points_asked(given, model)
    limit = asked.get("seconds", SECONDS)
    found = policies(model, given.player, place, selection=given.selection, **asked)
    near = radius_at_defaults(found, limit)
    best = None
    if len(found.asked.names) <= FEW:
        try:
            best = best_sets(found, limit)
        except InputError:
            # A concept without cases, or payoffs that stay open: the points have told already.
            best = None
    scenarios = [] if given.outcome is None else _scenarios(found, given.outcome, limit)
    before = len(given.files)
    write_out(given, found.csv, lambda: _drawings(found, best, scenarios), mark)
    return Told(found, near, best, scenarios, given.files[before:])


def _scenarios(found: "Policies", outcome: str, limit: float) -> "list[Scenario]":
    """Boxes for each policy after which the outcome is possible; `InputError` where there is none."""
    from analyses.policies import possible_after, scenario

    actions = possible_after(found, outcome)
    return [scenario(found, action, outcome, played, seconds=limit) for action in actions for played in (True, False)]


def _drawings(found: "Policies", best: "BestSets | None", scenarios: "list[Scenario]") -> "dict[str, Drawing]":
    from analyses.drawing.policies import draw_best_sets, draw_policies, draw_trajectories

    drawings = {"": draw_policies(found)}
    if any(each.trajectory for each in scenarios):
        drawings["-boxes"] = draw_trajectories(scenarios)
    if best is not None and len(found.asked.names) == 2:
        map_ = draw_best_sets(best)
        drawings |= {"-map": map_} if map_ is not None else {}
    return drawings
