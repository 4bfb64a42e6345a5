"""Commitment to a mixed strategy: the leader's mixture is seen, what it comes to is not; the follower replies.

Definition: the follower's strategy is a best reply to the leader's mixture, and no other mixture would get the leader
more, given the replies; ties as in `games.solvers.commitment.pure_stackelberg`. For each reply the mixtures to which it
is a best one form a polytope, over which the leader's payoff is linear: the best commitment solves one linear program
for each reply (Conitzer & Sandholm 2006, Proceedings of the 7th ACM Conference on Electronic Commerce). Under weak ties
what can be reached, or come near to, is the greatest payoff at replies that are the only best ones somewhere (von
Stengel & Zamir 2010, Games and Economic Behavior 69).

That no other mixture gets the leader more is, by the duality of these programs, that each has prices that show it: so
it is a condition on an equilibrium and finitely many unknowns. The cases are of strong equilibria in which the first
player leads. Under weak ties there need not be an equilibrium.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from games.cases import Cases, Choice, Draft, Mixture, Option, spelled
from games.exact import Number, readable
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.play.regret import best_responses
from games.solvers.commitment.pure_stackelberg import check_two, leader_of
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Component, Equilibria, Equilibrium, equilibrium
from games.solvers.limits import STOPPED, OutOfTimeError
from games.solvers.methods.double_description import extreme_mixtures
from games.solvers.methods.mixtures import Mixture as Weights
from games.solvers.methods.pivoting import maximise, maximise_and_price
from games.solvers.nash.pure_nash import value_of
from games.terms import Poly, Taken, at_least, every, poly, total, var

MANY_PRICES = "several prices may show that no other commitment gets the leader more"


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The support of the leader's mixture, the reply, and prices by which no mixture gets the leader more at any reply.

    At the prices of a reply no strategy of the leader's gets more than the leader has, once it pays for what other
    replies would pay the follower more: then no mixture to which the reply is a best one does. Raises `InputError` for
    a game of other than two players.
    """
    check_two(game, "stackelberg")
    program = _Commitment(game, 0)
    own, replies = program.own, program.replies
    draft = Draft()
    committed = draft.mixture(program.leader, own)
    weights = list(committed.p.values())
    named = {reply: f"probability of {reply!r} at {program.follower!r}" for reply in replies}
    options = {}
    for t, reply in enumerate(replies):
        best = every(at_least(0, _weighed(weights, row)) for row in program.rivals(t))
        options[spelled([reply])] = Option(best, {named[other]: poly(int(other == reply)) for other in replies})
    draft.choices.append(Choice(program.follower, options))
    answered = Mixture(
        {reply: var(name) for reply, name in named.items()},
        {reply: Taken(program.follower, spelled([reply])) for reply in replies},
    )
    paid = {
        player: total(answered.p[reply] * _weighed(weights, rows[t]) for t, reply in enumerate(replies))
        for player, rows in ((program.leader, program.gains), (program.follower, program.pays))
    }
    for t, reply in enumerate(replies):
        # A reply that always pays the follower the same has no price.
        others = {
            rival: row
            for rival, row in zip(replies, program.rivals(t), strict=True)
            if any(poly(entry).terms for entry in row)
        }
        prices = {rival: draft.unknown(_price(reply, rival), 0, None, MANY_PRICES) for rival in others}
        for number in range(len(own)):
            spent = total(price * others[rival][number] for rival, price in prices.items())
            draft.conditions.append(at_least(paid[program.leader] + spent, program.gains[t][number]))
    mixed = {program.leader: committed, program.follower: answered}
    return draft.cases({quantity: value_of(quantity, mixed, paid) for quantity in asked})


def _weighed(weights: Sequence[Poly], row: Sequence[Any]) -> Poly:
    return total(weight * entry for weight, entry in zip(weights, row, strict=True))


def _price(reply: str, rival: str) -> str:
    return f"price of {rival!r} beside {reply!r}"


def exists_because(game: StrategicGame) -> str:
    """Why there is one."""
    return "the best of finitely many linear programs has an optimum" if len(game.players) == 2 else ""


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if the reply is a best one and the prices show that nothing gets more."""
    leader, follower = game.players
    replies = game.strategies[follower]
    (reply, *more) = [label for label, weight in strategies[follower].items() if weight]
    found = equilibrium(game, strategies)
    if more or reply not in best_responses(game, strategies, follower):
        return None
    for answer in replies:
        prices = {rival: values.get(_price(answer, rival), 0) for rival in replies if rival != answer}
        if min(prices.values(), default=0) < 0:
            return None
        for own in game.strategies[leader]:
            pays = game.payoff((own, answer), follower)
            spent = sum(price * (game.payoff((own, rival), follower) - pays) for rival, price in prices.items())
            if found.payoffs[leader] + spent < game.payoff((own, answer), leader):
                return None
    return found


@solution_concept(
    "stackelberg",
    form=StrategicGame,
    title="Stackelberg",
    about="games of two players: a leader and a follower",
    cases=cases,
    exists_because=exists_because,
    no_regret=False,
    witness=witness,
)
def stackelberg(game: StrategicGame, leader: str | None = None, ties: str = "strong") -> Equilibria:
    """The Stackelberg equilibria with commitment to mixed strategies; options as for `pure_stackelberg`.

    Strong: every extreme optimal commitment, with each reply that makes it one; none is better by the prices of the
    linear programs. Weak: an equilibrium if one is found; where the best payoff is only approached, the remarks say so.

    >>> inspection = StrategicGame.bimatrix([[0, -2], [-1, -1]], [[0, 1], [0, -3]])
    >>> print(stackelberg(inspection)[0])
    Row: 0.75 1 + 0.25 2, Column: 1

    Raises `InputError` for a game that has not two players, and for other options.
    """
    lead = leader_of(game, leader, ties, "stackelberg")
    search = _Commitment(game, lead)
    settings = {"leader": game.players[lead], "ties": ties}
    try:
        found, complete, remarks = search.strong() if ties == "strong" else search.weak()
    except OutOfTimeError:
        found, complete, remarks = [], False, [STOPPED]
    components = search.components(found) if ties == "strong" else ()
    if any(not component.is_point for component in components):
        remarks.append(f"in a component every mixture of {search.leader}'s listed commitments is as good")
    return Equilibria(
        game, "stackelberg", tuple(found), complete, components=components, remarks=tuple(remarks), settings=settings
    )


class _Commitment:
    """The leader's programs; ``gains[t]`` and ``pays[t]`` are what leader and follower get at reply t, by strategy."""

    def __init__(self, game: StrategicGame, lead: int) -> None:
        self.game = game
        self.leader, self.follower = game.players[lead], game.players[1 - lead]
        self.own, self.replies = game.strategies[self.leader], game.strategies[self.follower]

        def column(player: str, reply: str) -> list[Any]:
            profiles = ((own, reply) if lead == 0 else (reply, own) for own in self.own)
            return [game.payoff(profile, player) for profile in profiles]

        self.gains = [column(self.leader, reply) for reply in self.replies]
        self.pays = [column(self.follower, reply) for reply in self.replies]

    @cached_property
    def shift(self) -> Fraction:
        """What makes all the leader's payoffs positive."""
        return Fraction(1 - min(map(min, self.gains)))

    def strong(self) -> tuple[list[Equilibrium], bool, list[str]]:
        """The equilibria, whether these are all extreme ones, and remarks."""
        values = {t: self._best(t) for t in range(len(self.replies))}
        most = max(value for value in values.values() if value is not None)
        found, complete = [], True
        for t, value in values.items():
            if value != most:
                continue
            level = [gain - most for gain in self.gains[t]]
            corners = extreme_mixtures(self.rivals(t), [level], len(self.own))
            complete &= corners is not None
            found += [self._equilibrium(x, t) for x in corners or ()]
        remarks = [f"{self.leader} gets {readable(most)} by committing first"]
        if not complete:
            remarks.append("there are too many extreme commitments to list them all")
        return found, complete, remarks

    def components(self, found: Sequence[Equilibrium]) -> tuple[Component, ...]:
        """The strong equilibria by the reply: the commitments between those with the same reply are as good."""
        by_reply: dict[str, list[int]] = {}
        for position, one in enumerate(found):
            by_reply.setdefault(str(one[self.follower]), []).append(position)
        return tuple(Component(tuple(own), is_point=len(own) == 1, index=None) for own in by_reply.values())

    def rivals(self, t: int) -> list[list[Any]]:
        """What other replies would pay the follower more than reply t, by the leader's strategy."""
        return [[b - a for a, b in zip(self.pays[t], other, strict=True)] for other in self.pays]

    def _best(self, t: int) -> Fraction | None:
        """The most that the leader gets where t is a best reply; None where it never is. Verified by prices.

        The program is homogeneous but for Σx ≤ 1: payoffs being shifted above 0, all of it is used if any is.
        """
        aims = [gain + self.shift for gain in self.gains[t]]
        rows = [*self.rivals(t), [Fraction(1)] * len(self.own)]
        bounds = [Fraction(0)] * len(self.replies) + [Fraction(1)]
        most, _, prices = maximise_and_price(aims, rows, bounds)
        priced = [sum(p * row[k] for p, row in zip(prices, rows, strict=True)) for k in range(len(self.own))]
        if min(prices) < 0 or any(p < aim for p, aim in zip(priced, aims, strict=True)) or prices[-1] != most:
            raise AssertionError(f"{most} was found as the most that {self.leader} gets, and its prices do not show it")
        return most - self.shift if most else None

    def _equilibrium(self, x: Weights, t: int) -> Equilibrium:
        """The commitment with its reply; the follower must have no better one."""
        paid = [_dot(x, pays) for pays in self.pays]
        if sum(x) != 1 or min(x) < 0 or paid[t] != max(paid):
            raise AssertionError(f"{x} was found as a commitment to which {self.replies[t]} is a best reply")
        mixtures = {
            self.leader: dict(zip(self.own, x, strict=True)),
            self.follower: {reply: Fraction(k == t) for k, reply in enumerate(self.replies)},
        }
        payoffs = {self.leader: _dot(x, self.gains[t]), self.follower: paid[t]}
        return Equilibrium(
            {player: mixtures[player] for player in self.game.players},
            {player: payoffs[player] for player in self.game.players},
        )

    def weak(self) -> tuple[list[Equilibrium], bool, list[str]]:
        """An equilibrium, if the best payoff is reached, whether that is certain, and remarks."""
        reached = {t: value for t in range(len(self.replies)) if (value := self._secured(t)) is not None}
        most = max(reached.values())
        found: list[Equilibrium] = []
        for t, value in reached.items():
            if value == most:
                found += [self._equilibrium(x, k) for x, k in self._reaching(t, most)]
        unique = list({str(one): one for one in found}.values())
        if unique:
            return unique, False, [f"{self.leader} is sure of {readable(most)} by committing first; there may be more"]
        return (
            [],
            False,
            [
                f"{self.leader} comes as near to {readable(most)} as wanted by committing first; no commitment was "
                "found that reaches it whatever the reply"
            ],
        )

    def _alike(self, t: int) -> list[int]:
        """The replies that always pay the follower what t does."""
        return [k for k, pays in enumerate(self.pays) if pays == self.pays[t]]

    def _secured(self, t: int) -> Fraction | None:
        """The most that the leader is sure of near mixtures to which t, or what is like it, is the only best reply.

        None where there are none, or where an earlier reply is like it.
        """
        alike = self._alike(t)
        if alike[0] != t or not self._is_only_best_somewhere(t, alike):
            return None
        count = len(self.own)
        # Unknowns: the mixture and the payoff, shifted above 0; as in `_best` all of Σx ≤ 1 is used.
        rows = [[*row, Fraction(0)] for k, row in enumerate(self.rivals(t)) if k not in alike]
        rows += [[*(-(gain + self.shift) for gain in self.gains[k]), Fraction(1)] for k in alike]
        rows.append([Fraction(1)] * count + [Fraction(0)])
        bounds = [Fraction(0)] * (len(rows) - 1) + [Fraction(1)]
        most, _ = maximise([Fraction(0)] * count + [Fraction(1)], rows, bounds, stoppable=True)
        return most - self.shift

    def _is_only_best_somewhere(self, t: int, alike: Sequence[int]) -> bool:
        rows = [[*row, Fraction(1)] for k, row in enumerate(self.rivals(t)) if k not in alike]
        rows.append([Fraction(1)] * len(self.own) + [Fraction(0)])
        bounds = [Fraction(0)] * (len(rows) - 1) + [Fraction(1)]
        rows.append([Fraction(0)] * len(self.own) + [Fraction(1)])
        bounds.append(Fraction(1))
        lead, _ = maximise([Fraction(0)] * len(self.own) + [Fraction(1)], rows, bounds, stoppable=True)
        return lead > 0

    def _reaching(self, t: int, most: Fraction) -> Iterator[tuple[Weights, int]]:
        """Commitments, with the reply that the leader likes least, that are sure of ``most``."""
        alike = self._alike(t)
        below = [[most - gain for gain in self.gains[k]] for k in alike]
        corners = extreme_mixtures([*self.rivals(t), *below], [], len(self.own)) or []
        middle = [tuple(sum(w, Fraction(0)) / len(corners) for w in zip(*corners, strict=True))] if corners else []
        for x in (*corners, *middle):
            paid = [_dot(x, pays) for pays in self.pays]
            ties = [k for k, value in enumerate(paid) if value == max(paid)]
            worst = min(ties, key=lambda k: _dot(x, self.gains[k]))
            if _dot(x, self.gains[worst]) >= most:
                yield x, worst


def _dot(x: Sequence[Any], row: Sequence[Any]) -> Fraction:
    return sum((a * b for a, b in zip(x, row, strict=True)), Fraction(0))
