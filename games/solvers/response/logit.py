"""Logit equilibria: everybody chooses better actions more often, the more so the higher the rationality λ.

A profile p is a logit equilibrium at λ ≥ 0 if every player chooses each strategy j with a probability in proportion to
exp(λ u_j(p)), where u_j(p) is what j pays against the others' part of p (McKelvey & Palfrey 1995, Games and Economic
Behavior 10). At λ = 0 everybody randomises evenly; as λ grows without bound, every limit is a Nash equilibrium. In a
tree the same holds of the actions at every information set; see `games.solvers.methods.agent_logit`.

The principal branch is the curve of pairs (λ, p) that starts at λ = 0. It may turn back, so that λ falls along it for
a while and is passed more than once; its end selects a Nash equilibrium. How it is followed:
`games.solvers.methods.logit_curve`; the branch itself, point by point: `games.solvers.response.logit_branch`.

Where branches cross, as they do in games with symmetric players, the followed one goes straight on, which keeps the
symmetry; the answer says so. A branch not connected with λ = 0 has two ends, both at λ without bound; it is followed
from a profile near it, and not searched for without one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from games.errors import InputError, listed
from games.exact import brief, numeric, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.solvers.choices import Choice, choices
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.logit_choices import Choices
from games.solvers.methods.logit_curve import FIRST_LOOK, LARGEST, Curve, Node
from games.solvers.methods.mixtures import ROUNDING, Mixed, distance
from games.solvers.methods.payoff_scale import TOLERANCE, Array, accuracy
from games.solvers.response.logit_branch import (
    RESIDUAL,
    Point,
    bifurcations,
    branch,
    choices_of,
    followed,
    quality,
    residual_of,
)

UNVERIFIED = "not verified: the time was up before the regret was worked out"
"""The remark of a point that was not looked at in exact arithmetic."""

BRANCH = "branch"
"""What asks for the points of a branch."""

PATIENCE = 1e6
"""The λ, times the least payoff range, from which a numeric limit is given where there is no exact one.

What vanishes like 1/λ is then about `ROUNDING`.
"""


def reasons(game: Game, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str] | None:
    """What each action pays where it is chosen, and that its probability follows from that; not so of a limit."""
    if isinstance(equilibrium, Point):
        rationality = readable(equilibrium.rationality)
    elif "rationality" in settings:
        rationality = brief(settings["rationality"])
    else:
        return None
    return (_weighed(choice, rationality) for choice in choices(game, equilibrium))


def _weighed(choice: Choice, rationality: str) -> str:
    weights = f"with probability {listed(map(readable, choice.played.values()))}"
    if choice.pays is None:
        return f"{choice.where}{choice.player} plays {listed(choice.played)} {weights}."
    first, *rest = choice.pays
    pays = [f"{first} pays {choice.player} {readable(choice.pays[first])}"]
    pays += [f"{action} {readable(choice.pays[action])}" for action in rest]
    return (
        f"{choice.where}{', '.join(pays)}; they are played {weights}, in proportion to exp(λ × payoff) with "
        f"λ = {rationality}."
    )


@solution_concept(
    "logit",
    form=(StrategicGame, ExtensiveGame),
    no_cases_because="probabilities are exponential in payoffs, so that no polynomials say what an answer is",
    own_units=False,
    reasons=reasons,
)
def logit(
    game: StrategicGame | ExtensiveGame, rationality: object = "limit", start: object = None, until: object = None
) -> Equilibria:
    """The logit equilibria on the principal branch at λ = ``rationality``, in the order of the branch; or its limit.

    With "branch" the branch itself, as a `Branch`, until λ exceeds ``until``. With ``start``, a profile such as a Nash
    equilibrium (how it is written: `games.solvers.response.logit_branch.profile`), the branch that passes near it, with
    "limit" both its ends.

    λ is per unit of payoff: payoffs ten times as large have the same equilibria at a tenth of λ. The answer is complete
    only where λ is so small that there provably is no other logit equilibrium. Raises `InputError` for a tree with
    imperfect recall, for a tree or a λ that is too large, and where no branch is near ``start``.
    """
    is_branch = isinstance(rationality, str) and rationality.strip() == BRANCH
    target = None if is_branch else _rationality(rationality)
    if until is not None and not is_branch:
        raise InputError('until is for rationality "branch"; leave it out')
    if isinstance(game, ExtensiveGame) and not game.information_sets:
        return Equilibria(game, "logit", (played_out(game, {}),), complete=True)
    if is_branch:
        return branch(game, until, start)
    curve = Curve(choices_of(game))
    if target is None:
        return _limits(game, curve, start)
    if target * curve.choices.unit > LARGEST:
        raise InputError(
            f"rationality is {brief(target)}; times the payoff range it exceeds {LARGEST:g}: take the limit"
        )
    return _crossings(game, curve, target, start)


def _rationality(value: object) -> Fraction | None:
    """The value of λ, exact; None for the limit."""
    if value is None or (isinstance(value, str) and value.strip() == "limit"):
        return None
    try:
        rationality = numeric(value, "rationality")
    except InputError as error:
        raise InputError(f'{error}; or "limit", or "branch"') from None
    if rationality < 0:
        raise InputError(f"rationality is {brief(rationality)}; it must be 0 or more")
    return rationality


def _crossings(game: StrategicGame | ExtensiveGame, curve: Curve, target: Fraction, start: object) -> Equilibria:
    """Every point where the branch passes λ = ``target``."""
    choices = curve.choices
    rationality = float(target * choices.unit)
    is_single = rationality <= choices.single_below

    def ended(node: Node) -> bool:
        return node.rationality > rationality and curve.has_settled(node)

    way = followed(curve, start, target, ended)
    found: list[Array] = []
    passed: list[Node] = []
    rest = f"the branch could not be followed to its end; it may pass λ = {brief(target)} again"
    for node in way.nodes:
        if not passed:
            found += [node.place[:-1]] if node.rationality == rationality else []
        elif _passes(passed[-1].rationality, node.rationality, rationality):
            found.append(curve.at(rationality, passed[-1], node))
        passed.append(node)
        if (is_single and found) or ended(node):
            rest = ""
            break
        if expired(f"λ = {curve.per_payoff(node):.3g}"):
            rest = STOPPED
            break
    equilibria, residual = [], 0.0
    for logs in found:
        strategies = curve.strategies(logs)
        residual = max(residual, residual_of(choices, strategies, logs, target))
        equilibria.append(choices.numeric(strategies, logs))
    missed = f"the branch {'was not followed as far as' if rest else 'turns back before'} λ = {brief(target)}"
    remarks = [quality(residual) if found else missed, *way.remarks]
    if len(found) > 1:
        remarks.append(
            f"the branch turns back and passes λ = {brief(target)} {len(found)} times; the points are in its order"
        )
    if rest:
        remarks.append(rest)
    remarks += bifurcations(curve, [node for node in passed if node.rationality <= rationality])
    complete = is_single and len(found) == 1 and residual <= RESIDUAL
    if complete:
        remarks.append("λ is so small that there is no other logit equilibrium")
    else:
        which = "this" if way.through else "the principal"
        remarks.append(f"logit equilibria off {which} branch were not searched for")
    settings = {"rationality": target} if residual <= RESIDUAL else {}
    return Equilibria(
        game, "logit", tuple(equilibria), complete, exact=False, remarks=tuple(remarks), settings=settings
    )


def _passes(before: float, after: float, value: float) -> bool:
    return before < value <= after or after <= value < before


@dataclass(frozen=True)
class _End:
    """Where a branch leads to, and what is to be said of it."""

    found: Equilibrium
    exact: bool
    remarks: tuple[str, ...]


def _limits(game: StrategicGame | ExtensiveGame, curve: Curve, start: object) -> Equilibria:
    """The Nash equilibrium at the end of the principal branch, or at both ends of the one near ``start``."""
    way = followed(curve, start, None, curve.has_settled)
    told = list(way.remarks)
    if way.through is None:
        ends = [_end(curve, way.nodes, "the principal branch")]
        told += ends[0].remarks
    else:
        firsts = {"forwards": way.through, "backwards": curve.turned(way.through)}
        ends = [_end(curve, curve.nodes(first), f"the branch {where} from there") for where, first in firsts.items()]
        told += [f"{number}: {remark}" for number, end in enumerate(ends, start=1) for remark in end.remarks]
    return Equilibria(
        game,
        "logit",
        tuple(end.found for end in ends),
        complete=False,
        exact=all(end.exact for end in ends),
        remarks=(*told, "other equilibria may be limits of other branches"),
    )


def _end(curve: Curve, nodes: Iterator[Node], branch: str) -> _End:
    """The Nash equilibrium at the end of the branch, or how far it was followed."""
    passed: list[Node] = []
    due, stopped = FIRST_LOOK / curve.least, False
    earlier: Mixed | None = None
    for node in nodes:
        passed.append(node)
        if node.rationality >= due and node.rises:
            strategies, logs = curve.extrapolated(node)
            if earlier is not None and distance(strategies, earlier) <= ROUNDING:
                late = node.rationality * curve.least >= PATIENCE
                end = _verified(curve.choices, strategies, logs, may_be_numeric=late)
                if end is not None:
                    limit, regret, how = end
                    remarks = [
                        f"the limit of {branch} as λ grows, {how}",
                        *([accuracy(regret)] if regret else []),
                        *bifurcations(curve, passed),
                    ]
                    return _End(limit, not regret, tuple(remarks))
            earlier, due = strategies, 4 * node.rationality
        stopped = expired(f"λ = {curve.per_payoff(node):.3g}")
        if node.rationality > LARGEST or stopped:
            break
    come = f"this is where {branch} has come at λ = {curve.per_payoff(node):.2g}; its limit may differ"
    here = (curve.strategies(node.place[:-1]), node.place[:-1])
    if stopped:
        told = (STOPPED, come, UNVERIFIED, *bifurcations(curve, passed))
        return _End(curve.choices.numeric(*here), False, told)
    points = [here, curve.extrapolated(node)] if node.rises else [here]
    regret, point = min(((curve.choices.regret(*point), point) for point in points), key=lambda p: p[0])
    return _End(curve.choices.numeric(*point), False, (come, accuracy(regret), *bifurcations(curve, passed)))


def _verified(
    choices: Choices, strategies: Mixed, logs: Array, may_be_numeric: bool
) -> tuple[Equilibrium, Fraction, str] | None:
    """The limit that the branch leads to, its regret and how it was obtained, if it can be verified."""
    found = choices.limit(strategies, logs)
    if found is not None and distance(found[0].strategies, strategies) <= ROUNDING:
        how = "solution of the indifference equations" if found[1] else "exact equilibrium"
        return *found, f"which leads to within {ROUNDING:g} of this {how}"
    if may_be_numeric and (regret := choices.regret(strategies, logs)) <= TOLERANCE:
        return choices.numeric(strategies, logs), regret, "extrapolated"
    return None
