"""Mixed play in a tree of imperfect information, as cases: what its equilibria share, whatever the concept.

Each information set mixes for itself. A player compares whole plans, from an information set on or over a subgame, with
what is played: single changes of action are not enough where the player moves again.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, product
from math import prod

from games.cases import Cases, Draft, Mixture, spelled
from games.errors import InputError
from games.forms.extensive import Decision, ExtensiveGame, Outcome, Path
from games.forms.reduced import check_perfect_recall
from games.forms.strategic import MOST_PROFILES
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.play.subgames import subgame_roots
from games.terms import ONE, Poly, Ratio, equal, every, poly, product_of, total

Plan = tuple[tuple[str, str], ...]
"""Information sets with the action at each, in the order in which the player meets them."""

OFF_PATH = "where play never arrives, any belief that the concept allows will do"


def belief_name(information_set: str, path: Path) -> str:
    """The unknown that stands for what is believed at the information set of the decision at the path."""
    return f"belief in {spelled(path)} at {information_set!r}"


class Behaviour:
    """The behaviour at each information set of ``game``, whose entries are polynomials, in a draft of cases.

    Raises `InputError` for imperfect recall.
    """

    def __init__(self, game: ExtensiveGame) -> None:
        check_perfect_recall(game)
        self.game = game
        self.draft = Draft()
        self.at: dict[str, Mixture] = {
            name: self.draft.mixture(name, s.actions) for name, s in game.information_sets.items()
        }
        self.named = {path: name for name, s in game.information_sets.items() for path in s.paths}
        self.pays = cache(self._pays)

    def odds(self, path: Path, step: str) -> Poly:
        """The probability of ``step`` at a decision or chance move."""
        node = self.game.nodes[path]
        if isinstance(node, Decision):
            return self.at[self.named[path]].p[step]
        assert not isinstance(node, Outcome)
        return poly(node.events[step][0])

    def weight(self, path: Path, start: Path = ()) -> Poly:
        """The probability that play from ``start`` on arrives at ``path``."""
        return product_of(self.odds(path[:k], path[k]) for k in range(len(start), len(path)))

    def _pays(self, path: Path, player: int, plan: Plan = ()) -> Poly:
        """What the player gets from the node on, following ``plan`` where it says something."""
        node = self.game.nodes[path]
        if isinstance(node, Outcome):
            return poly(node.payoffs[player])
        planned = dict(plan).get(self.named.get(path, ""))
        if planned is not None:
            return self.pays((*path, planned), player, plan)
        steps = node.actions if isinstance(node, Decision) else node.events
        return total(self.odds(path, step) * self.pays((*path, step), player, plan) for step in steps)

    def following(self, starts: Iterable[Path], player: str) -> list[str]:
        """The player's information sets that come first after the nodes."""
        sets = self.game.information_sets
        found: dict[str, None] = {}
        for start in starts:
            for path, name in self.named.items():
                between = (path[:k] for k in range(len(start), len(path)))
                if (
                    path[: len(start)] == start
                    and sets[name].player == player
                    and not any(p in self.named and sets[self.named[p]].player == player for p in between)
                ):
                    found[name] = None
        return list(found)

    def plans(self, names: Sequence[str], player: str) -> list[Plan]:
        """Every way in which the player may choose at these information sets and at those that follow.

        Raises `InputError` for too many.
        """
        each: list[list[Plan]] = []
        for name in names:
            own: list[Plan] = []
            for action in self.game.information_sets[name].actions:
                later = self.following([(*path, action) for path in self.game.information_sets[name].paths], player)
                own += [((name, action), *rest) for rest in self.plans(later, player)]
            each.append(own)
            if prod(map(len, each)) > MOST_PROFILES:
                raise InputError(
                    f"{player} has more than {MOST_PROFILES} ways to go on from {name!r}, which is too many to list"
                )
        return [tuple(chain(*one)) for one in product(*each)]

    def rational(self, name: str, player: str, held: Mapping[Path, Poly], first: Sequence[str]) -> None:
        """No plan from the information sets ``first`` on pays more than what is played, weighed as ``held``."""
        position = self.game.players.index(player)
        plans = {
            " / ".join(action for _, action in plan) + f" ({k})": plan
            for k, plan in enumerate(self.plans(first, player))
        }
        pays = {
            label: total(weight * self.pays(path, position, plan) for path, weight in held.items())
            for label, plan in plans.items()
        }
        played = {label: every(self.at[n].played[a] for n, a in plan) for label, plan in plans.items()}
        self.draft.best(name, pays, played)

    def believed(self, name: str, roots: Sequence[Path]) -> dict[Path, Poly]:
        """The beliefs at an information set, by Bayes' rule in every subgame around it: arrival · belief = weight.

        Without a division: where play never arrives, nothing is said.
        """
        paths = self.game.information_sets[name].paths
        if len(paths) == 1:
            return {paths[0]: ONE}
        held = {path: self.draft.unknown(belief_name(name, path), 0, 1, OFF_PATH) for path in paths}
        self.draft.bound.append(equal(total(held.values()), 1))
        for root in roots:
            if all(path[: len(root)] == root for path in paths):
                arrives = total(self.weight(path, root) for path in paths)
                self.draft.bound += [equal(arrives * held[path], self.weight(path, root)) for path in paths]
        return held

    def cases(self, asked: Sequence[Quantity]) -> Cases:
        """The cases, with the values of the quantities."""
        values: dict[Quantity, Poly | Ratio] = {}
        for quantity in asked:
            match quantity:
                case Payoff(player=player, after=after):
                    values[quantity] = self.pays(after, self.game.players.index(player))
                case Reach(path=path, after=after):
                    values[quantity] = self.weight((*after, *path), after)
                case Chosen(choices=choices):
                    values[quantity] = product_of(self.at[name].p[action] for name, action in choices.items())
        return self.draft.cases(values)


def rational_from_the_start_of(game: ExtensiveGame, asked: Sequence[Quantity], roots: Sequence[Path]) -> Cases:
    """Behaviour such that in each subgame that starts at one of the ``roots`` no plan pays more than what is played."""
    play = Behaviour(game)
    for root in roots:
        for player in game.players:
            if first := play.following([root], player):
                play.rational(f"{player!r} from {spelled(root)}", player, {root: ONE}, first)
    return play.cases(asked)


def rational_at_every_information_set(game: ExtensiveGame, asked: Sequence[Quantity]) -> Cases:
    """Behaviour and beliefs such that nowhere a plan from there on pays more than what is played, as it is believed."""
    play, roots = Behaviour(game), subgame_roots(game)
    for name, information_set in game.information_sets.items():
        play.rational(f"at {name!r}", information_set.player, play.believed(name, roots), [name])
    return play.cases(asked)
