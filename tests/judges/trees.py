"""Games in extensive form, by the definitions: plans compared one by one, beliefs by Bayes' rule, nothing clever.

A ``Behaviour`` gives the probability of each action at each information set, ``Beliefs`` that of each decision in it.
Players have perfect recall (Kuhn 1953); `remembers` tells whether they do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from games.forms.extensive import Chance, Decision, ExtensiveGame, InformationSet, Outcome
from games.forms.strategic import StrategicGame
from judges.linear import some_weights
from judges.strategic import is_mixture, two_player_equilibria

Path: TypeAlias = tuple[str, ...]
Behaviour: TypeAlias = Mapping[str, Mapping[str, Any]]
Beliefs: TypeAlias = Mapping[str, Mapping[Path, Fraction]]
Plan: TypeAlias = Mapping[str, str]


def steps(game: ExtensiveGame, behaviour: Behaviour, path: Path) -> dict[str, Any]:
    """What may follow the node at ``path``, and how probably."""
    match game.nodes[path]:
        case Decision(actions=actions):
            mix = behaviour[game.information_set_at(path)]
            return {action: mix.get(action, Fraction(0)) for action in actions}
        case Chance(events=events):
            return {event: Fraction(weight) for event, (weight, _) in events.items()}
    return {}


def probability(game: ExtensiveGame, behaviour: Behaviour, path: Path, after: Path = ()) -> Any:
    """That play goes on along ``path`` once it has come to ``after``."""
    total: Any = Fraction(1)
    for k in range(len(path)):
        total = total * steps(game, behaviour, (*after, *path[:k]))[path[k]]
    return total


def pays(game: ExtensiveGame, behaviour: Behaviour, player: str, after: Path = ()) -> Any:
    """What ``player`` gets in expectation from the node ``after`` on."""
    node = game.nodes[after]
    if isinstance(node, Outcome):
        return Fraction(node.payoffs[game.players.index(player)])
    total: Any = Fraction(0)
    for step, weight in steps(game, behaviour, after).items():
        if not (isinstance(weight, Fraction | int) and weight == 0):
            total = total + weight * pays(game, behaviour, player, (*after, step))
    return total


def following(game: ExtensiveGame, behaviour: Behaviour, plan: Plan) -> Behaviour:
    """The same behaviour but where ``plan`` says what to do."""
    return {**behaviour, **{name: {action: Fraction(1)} for name, action in plan.items()}}


def own_past(game: ExtensiveGame, path: Path, player: str) -> tuple[tuple[str, str], ...]:
    """What the player did on the way to ``path``, and at which information sets."""
    return tuple(
        (game.information_set_at(path[:k]), path[k])
        for k in range(len(path))
        if isinstance(node := game.nodes[path[:k]], Decision) and node.player == player
    )


def remembers(game: ExtensiveGame) -> bool:
    """Perfect recall: at an information set a player's own past is the same at every decision (Kuhn 1953)."""
    return all(len({own_past(game, path, s.player) for path in s.paths}) == 1 for s in game.information_sets.values())


def below(game: ExtensiveGame, roots: Sequence[Path], player: str) -> dict[str, tuple[str, ...]]:
    """The player's information sets with a decision at or below one of the ``roots``, and the actions there."""
    return {
        name: s.actions
        for name, s in game.information_sets.items()
        if s.player == player and any(path[: len(root)] == root for path in s.paths for root in roots)
    }


def plans(menus: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """Every way to choose an action at each of the information sets."""
    for chosen in product(*menus.values()):
        yield dict(zip(menus, chosen, strict=True))


def is_behaviour(game: ExtensiveGame, behaviour: Behaviour) -> bool:
    return all(
        set(behaviour[name]) <= set(s.actions) and is_mixture(behaviour[name])
        for name, s in game.information_sets.items()
    )


def is_nash(game: ExtensiveGame, behaviour: Behaviour, root: Path = ()) -> bool:
    """From ``root`` on no plan of a player pays it more while the others play on (Nash 1951; Kuhn 1953)."""
    return is_behaviour(game, behaviour) and all(
        pays(game, following(game, behaviour, plan), player, root) <= pays(game, behaviour, player, root)
        for player in game.players
        for plan in plans(below(game, [root], player))
    )


def subgame_roots(game: ExtensiveGame) -> list[Path]:
    """Where a subgame starts: below such a node lies either all of an information set or none of it (Selten 1965)."""

    def cuts(root: Path, s: InformationSet) -> bool:
        return len({path[: len(root)] == root for path in s.paths}) > 1

    return [
        path
        for path, node in game.nodes.items()
        if not isinstance(node, Outcome) and not any(cuts(path, s) for s in game.information_sets.values())
    ]


def is_subgame_perfect(game: ExtensiveGame, behaviour: Behaviour) -> bool:
    """A Nash equilibrium of every subgame (Selten 1965, Zeitschrift für die gesamte Staatswissenschaft 121)."""
    return all(is_nash(game, behaviour, root) for root in subgame_roots(game))


def is_rational(game: ExtensiveGame, behaviour: Behaviour, s: InformationSet, held: Mapping[Path, Fraction]) -> bool:
    """Under what is believed no plan from the information set on, with all that the player decides later, pays more."""
    return all(
        sum((weight * gain for weight, gain in zip(held.values(), row, strict=True)), Fraction(0)) >= 0
        for row in _margins(game, behaviour, s, list(held))
    )


def _margins(game: ExtensiveGame, behaviour: Behaviour, s: InformationSet, paths: Sequence[Path]) -> list[list[Any]]:
    """For each plan from the information set on, what playing on pays more at each of the decisions."""
    own = {path: pays(game, behaviour, s.player, path) for path in paths}
    return [
        [own[path] - pays(game, following(game, behaviour, plan), s.player, path) for path in paths]
        for plan in plans(below(game, s.paths, s.player))
    ]


def bayes(game: ExtensiveGame, behaviour: Behaviour, s: InformationSet) -> list[dict[Path, Fraction]]:
    """What Bayes' rule says, in each subgame around the information set from whose start play arrives there."""
    told = []
    for root in subgame_roots(game):
        if all(path[: len(root)] == root for path in s.paths):
            arrives = {path: probability(game, behaviour, path[len(root) :], root) for path in s.paths}
            if total := sum(arrives.values(), Fraction(0)):
                told.append({path: weight / total for path, weight in arrives.items()})
    return told


def is_perfect_bayesian(game: ExtensiveGame, behaviour: Behaviour, beliefs: Beliefs) -> bool:
    """Rational everywhere under beliefs that follow Bayes' rule in every subgame from which play arrives.

    Fudenberg & Tirole (1991), Game Theory, section 8.2, for signalling games; in general the "simple" form of it, in
    which beliefs off every path are free. A single decision is believed for certain.
    """
    for s in game.information_sets.values():
        held = {s.paths[0]: Fraction(1)} if len(s.paths) == 1 else beliefs.get(s.name)
        if held is None:
            return False
        held = {path: Fraction(held.get(path, 0)) for path in s.paths}
        if not is_mixture(held) or not is_rational(game, behaviour, s, held):
            return False
        if any(held != told for told in bayes(game, behaviour, s)):
            return False
    return is_behaviour(game, behaviour)


def supporting_beliefs(game: ExtensiveGame, behaviour: Behaviour) -> dict[str, dict[Path, Fraction]] | None:
    """Beliefs with which the behaviour is perfect Bayesian; None if there are none.

    What is believed at one information set has no bearing on another, and rationality is linear in it; so each is a
    question about the weights of a few decisions.
    """
    found = {}
    for s in game.information_sets.values():
        told = bayes(game, behaviour, s)
        if told:
            held = told[0]
        else:
            weights = some_weights(_margins(game, behaviour, s, s.paths), len(s.paths))
            if weights is None:
                return None
            held = dict(zip(s.paths, weights, strict=True))
        if any(held != other for other in told) or not is_rational(game, behaviour, s, held):
            return None
        found[s.name] = held
    return found


# All equilibria, or many.


def pure_subgame_perfect(game: ExtensiveGame, root: Path = ()) -> list[tuple[tuple[Fraction, ...], dict[str, str]]]:
    """Under perfect information: every pure equilibrium of every subgame, ties included, with what it pays.

    Backward induction (Kuhn 1953; Selten 1965): after every combination of what may follow each action, each action
    that pays the mover most goes on.
    """
    node = game.nodes[root]
    if isinstance(node, Outcome):
        return [(tuple(map(Fraction, node.payoffs)), {})]
    labels = list(node.actions if isinstance(node, Decision) else node.events)
    found = []
    for after in product(*(pure_subgame_perfect(game, (*root, label)) for label in labels)):
        chosen = {name: action for _, plan in after for name, action in plan.items()}
        paid = {label: payoffs for label, (payoffs, _) in zip(labels, after, strict=True)}
        if isinstance(node, Chance):
            weights = {event: Fraction(weight) for event, (weight, _) in node.events.items()}
            expected = tuple(
                sum((weights[e] * paid[e][k] for e in labels), Fraction(0)) for k in range(len(game.players))
            )
            found.append((expected, chosen))
            continue
        mover = game.players.index(node.player)
        best = max(payoffs[mover] for payoffs in paid.values())
        name = game.information_set_at(root)
        found += [(paid[a], {**chosen, name: a}) for a in labels if paid[a][mover] == best]
    return found


def in_pure(game: ExtensiveGame, plan: Plan) -> dict[str, dict[str, Fraction]]:
    return {
        name: {action: Fraction(action == plan[name]) for action in s.actions}
        for name, s in game.information_sets.items()
    }


@dataclass(frozen=True)
class NormalForm:
    """A two-player tree as plan against plan, for what happens on the way from the start."""

    game: ExtensiveGame
    strategies: Mapping[str, Mapping[str, Plan]]
    table: StrategicGame


def normal_form(game: ExtensiveGame) -> NormalForm:
    """Each player's plans, but those that differ only where the player's own choices rule the decision out count once.

    Kuhn (1953); a player without decisions has the empty plan.
    """
    strategies: dict[str, dict[str, Plan]] = {}
    for player in game.players:
        kept: dict[Any, Plan] = {}
        for plan in plans(below(game, [()], player)):
            open_to_it = {
                name: action
                for name, action in plan.items()
                if all(plan[s] == a for s, a in own_past(game, game.information_sets[name].paths[0], player))
            }
            kept.setdefault(tuple(sorted(open_to_it.items())), plan)
        strategies[player] = {f"plan {k}": plan for k, plan in enumerate(kept.values())}
    payoffs = {}
    for profile in product(*strategies.values()):
        chosen = {
            name: action
            for player, label in zip(game.players, profile, strict=True)
            for name, action in strategies[player][label].items()
        }
        behaviour = in_pure(game, chosen)
        payoffs[profile] = tuple(pays(game, behaviour, player) for player in game.players)
    return NormalForm(game, strategies, StrategicGame({p: tuple(own) for p, own in strategies.items()}, payoffs))


def as_behaviour(form: NormalForm, mixed: Behaviour) -> dict[str, dict[str, Fraction] | None]:
    """What mixed plans amount to at each information set; None where a player's own plans never come to it.

    At each, the weights of the plans that come there and choose the action, among all that come there (Kuhn 1953).
    """
    game = form.game
    found: dict[str, dict[str, Fraction] | None] = {}
    for name, s in game.information_sets.items():
        past, own = own_past(game, s.paths[0], s.player), form.strategies[s.player]
        weights = dict.fromkeys(s.actions, Fraction(0))
        for label, weight in mixed[s.player].items():
            if all(own[label][earlier] == action for earlier, action in past):
                weights[own[label][name]] += weight
        total = sum(weights.values(), Fraction(0))
        found[name] = {action: weight / total for action, weight in weights.items()} if total else None
    return found


MOST_PLANS = 8
"""Trees in which a player has more plans are searched among pure and simple mixed behaviour only."""

MOST_TRIED = 3_000


def candidates(game: ExtensiveGame) -> Iterator[dict[str, dict[str, Fraction]]]:
    """Behaviour that may be an equilibrium: pure, evenly mixed, and what mixed equilibria of plans amount to.

    Where a player's own choices rule an information set out, all pure actions there and the even mixture are tried.
    """
    sets = game.information_sets
    even = {name: {a: Fraction(1, len(s.actions)) for a in s.actions} for name, s in sets.items()}
    menus = {name: [_surely(s, a) for a in s.actions] for name, s in sets.items()}
    if prod(map(len, menus.values())) <= MOST_TRIED:
        for chosen in product(*menus.values()):
            yield dict(zip(menus, chosen, strict=True))
    with_even = {name: [*own, even[name]] for name, own in menus.items()}
    if prod(map(len, with_even.values())) <= MOST_TRIED:
        for chosen in product(*with_even.values()):
            if any(mix is even[name] for name, mix in zip(with_even, chosen, strict=True)):
                yield dict(zip(with_even, chosen, strict=True))
    for root in subgame_roots(game):
        for behaviour in _mixed_from(game, root):
            open_ones = {name: with_even[name] for name, mix in behaviour.items() if mix is None}
            if prod(map(len, open_ones.values())) > MOST_TRIED:
                continue
            for chosen in product(*open_ones.values()):
                yield {
                    name: mix if mix is not None else dict(zip(open_ones, chosen, strict=True))[name]
                    for name, mix in behaviour.items()
                }


def _surely(s: InformationSet, chosen: str) -> dict[str, Fraction]:
    return {action: Fraction(action == chosen) for action in s.actions}


def _mixed_from(game: ExtensiveGame, root: Path) -> Iterator[dict[str, dict[str, Fraction] | None]]:
    """Properly mixed extreme equilibria of the plans of a subgame of two players, as behaviour; None outside of it."""
    if isinstance(game.nodes[root], Chance) and root:
        return
    subgame = game.subgame(root) if root else game
    movers = [player for player in game.players if below(subgame, [()], player)]
    if len(movers) != 2:
        return
    form = normal_form(subgame)
    if max(map(len, form.strategies.values())) > MOST_PLANS or prod(map(len, form.strategies.values())) > 32:
        return
    k = [game.players.index(player) for player in movers]
    table = StrategicGame(
        {player: form.table.strategies[player] for player in movers},
        {tuple(profile[j] for j in k): tuple(row[j] for j in k) for profile, row in form.table.payoffs.items()},
    )
    for family in two_player_equilibria(table):
        for vertex in family.vertices():
            if all(weight in (0, 1) for mix in vertex.values() for weight in mix.values()):
                continue
            rest = {p: {label: Fraction(1) for label in form.strategies[p]} for p in game.players if p not in movers}
            found = as_behaviour(form, {**rest, **vertex})
            yield {name: found.get(name) for name in game.information_sets}
