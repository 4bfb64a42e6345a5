"""Commitment to a mixed strategy: the leader's mixture is seen, what it comes to is not; the follower replies.

Definition: the follower's strategy is a best reply to the leader's mixture, and no other mixture would get the leader
more, given the replies; ties as in `games.solvers.commitment.pure_stackelberg`. For each reply the mixtures to which it
is a best one form a polytope, over which the leader's payoff is linear: the best commitment solves one linear program
for each reply (Conitzer & Sandholm 2006, Proceedings of the 7th ACM Conference on Electronic Commerce). Under weak ties
what can be reached, or come near to, is the greatest payoff at replies that are the only best ones somewhere (von
Stengel & Zamir 2010, Games and Economic Behavior 69).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from games.exact import readable
from games.forms.strategic import StrategicGame
from games.solvers.commitment.pure_stackelberg import leader_of
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, OutOfTimeError
from games.solvers.methods.double_description import extreme_mixtures
from games.solvers.methods.mixtures import Mixture
from games.solvers.methods.pivoting import maximise, maximise_and_price


@solution_concept(
    "stackelberg",
    form=StrategicGame,
    title="Stackelberg",
    about="games of two players: a leader and a follower",
    no_cases_because="that no mixture gets the leader more is a condition on all mixtures; see pure-stackelberg",
    no_regret=False,
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
    return Equilibria(game, "stackelberg", tuple(found), complete, remarks=tuple(remarks), settings=settings)


class _Commitment:
    """The leader's programs; ``gains[t]`` and ``pays[t]`` are what leader and follower get at reply t, by strategy."""

    def __init__(self, game: StrategicGame, lead: int) -> None:
        self.game = game
        self.leader, self.follower = game.players[lead], game.players[1 - lead]
        self.own, self.replies = game.strategies[self.leader], game.strategies[self.follower]

        def column(player: str, reply: str) -> list[Fraction]:
            profiles = ((own, reply) if lead == 0 else (reply, own) for own in self.own)
            return [Fraction(game.payoff(profile, player)) for profile in profiles]

        self.gains = [column(self.leader, reply) for reply in self.replies]
        self.pays = [column(self.follower, reply) for reply in self.replies]
        self.shift = 1 - min(map(min, self.gains))

    def strong(self) -> tuple[list[Equilibrium], bool, list[str]]:
        """The equilibria, whether these are all extreme ones, and remarks."""
        values = {t: self._best(t) for t in range(len(self.replies))}
        most = max(value for value in values.values() if value is not None)
        found, complete = [], True
        for t, value in values.items():
            if value != most:
                continue
            level = [gain - most for gain in self.gains[t]]
            corners = extreme_mixtures(self._rivals(t), [level], len(self.own))
            complete &= corners is not None
            found += [self._equilibrium(x, t) for x in corners or ()]
        remarks = [f"{self.leader} gets {readable(most)} by committing first"]
        if not complete:
            remarks.append("there are too many extreme commitments to list them all")
        return found, complete, remarks

    def _rivals(self, t: int) -> list[list[Fraction]]:
        """What other replies would pay the follower more than reply t, by the leader's strategy."""
        return [[b - a for a, b in zip(self.pays[t], other, strict=True)] for other in self.pays]

    def _best(self, t: int) -> Fraction | None:
        """The most that the leader gets where t is a best reply; None where it never is. Verified by prices.

        The program is homogeneous but for Σx ≤ 1: payoffs being shifted above 0, all of it is used if any is.
        """
        aims = [gain + self.shift for gain in self.gains[t]]
        rows = [*self._rivals(t), [Fraction(1)] * len(self.own)]
        bounds = [Fraction(0)] * len(self.replies) + [Fraction(1)]
        most, _, prices = maximise_and_price(aims, rows, bounds)
        priced = [sum(p * row[k] for p, row in zip(prices, rows, strict=True)) for k in range(len(self.own))]
        if min(prices) < 0 or any(p < aim for p, aim in zip(priced, aims, strict=True)) or prices[-1] != most:
            raise AssertionError(f"{most} was found as the most that {self.leader} gets, and its prices do not show it")
        return most - self.shift if most else None

    def _equilibrium(self, x: Mixture, t: int) -> Equilibrium:
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
        rows = [[*row, Fraction(0)] for k, row in enumerate(self._rivals(t)) if k not in alike]
        rows += [[*(-(gain + self.shift) for gain in self.gains[k]), Fraction(1)] for k in alike]
        rows.append([Fraction(1)] * count + [Fraction(0)])
        bounds = [Fraction(0)] * (len(rows) - 1) + [Fraction(1)]
        most, _ = maximise([Fraction(0)] * count + [Fraction(1)], rows, bounds, stoppable=True)
        return most - self.shift

    def _is_only_best_somewhere(self, t: int, alike: Sequence[int]) -> bool:
        rows = [[*row, Fraction(1)] for k, row in enumerate(self._rivals(t)) if k not in alike]
        rows.append([Fraction(1)] * len(self.own) + [Fraction(0)])
        bounds = [Fraction(0)] * (len(rows) - 1) + [Fraction(1)]
        rows.append([Fraction(0)] * len(self.own) + [Fraction(1)])
        bounds.append(Fraction(1))
        lead, _ = maximise([Fraction(0)] * len(self.own) + [Fraction(1)], rows, bounds, stoppable=True)
        return lead > 0

    def _reaching(self, t: int, most: Fraction) -> Iterator[tuple[Mixture, int]]:
        """Commitments, with the reply that the leader likes least, that are sure of ``most``."""
        alike = self._alike(t)
        below = [[most - gain for gain in self.gains[k]] for k in alike]
        corners = extreme_mixtures([*self._rivals(t), *below], [], len(self.own)) or []
        middle = [tuple(sum(w, Fraction(0)) / len(corners) for w in zip(*corners, strict=True))] if corners else []
        for x in (*corners, *middle):
            paid = [_dot(x, pays) for pays in self.pays]
            ties = [k for k, value in enumerate(paid) if value == max(paid)]
            worst = min(ties, key=lambda k: _dot(x, self.gains[k]))
            if _dot(x, self.gains[worst]) >= most:
                yield x, worst


def _dot(x: Sequence[Any], row: Sequence[Any]) -> Fraction:
    return sum((a * b for a, b in zip(x, row, strict=True)), Fraction(0))
