"""One Nash equilibrium of a two-player tree by its sequence form, whose size is that of the tree.

A player's mixed strategy is a plan of realisation weights, one for each sequence of its own moves. Equilibrium is a
linear complementarity problem in these weights, and of pure conflict a linear program. Floats propose which sequences
are played and which are best; the linear equations that follow are then solved exactly, and whoever might gain is
looked for in the tree. Where this fails, Lemke's algorithm in whole numbers finds one. Needs perfect recall. Sources:
von Stengel (1996), Games and Economic Behavior 14; Koller, Megiddo & von Stengel (1996), same journal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from games.errors import InputError
from games.forms.extensive import Chance, Decision, ExtensiveGame, Path
from games.forms.reduced import check_perfect_recall
from games.play.regret import nash_regret
from games.solvers.equilibria import Equilibria, played_out
from games.solvers.limits import STOPPED, OutOfTimeError, expired, unless_expired
from games.solvers.methods.complementarity import Array, complementary, nearly_complementary
from games.solvers.methods.many_systems import LARGEST

Moves = tuple[tuple[str, str], ...]
"""A player's own information sets and actions, in the order of play."""

Weights = list[list[Fraction]]
"""The realisation weights of both players, by the numbers of their sequences."""

Equation = tuple[Mapping[int, int], int]
"""The coefficients of the variables with these numbers, and the right-hand side."""

TOLERANCES = (1e-5, 1e-7)
"""A weight or a loss below one of these counts as zero in floats, where payoffs are at most 1.

A wrong guess is no wrong answer: then the next is tried, and then the next way is gone.
"""

MOST_VARIABLES = 4_000
"""The most variables of a complementarity problem, whose table has so many rows and columns; a program is sparse."""

OTHERWISE = "subgame-perfect and logit may find one"
"""What may help where a tree is too large."""


@dataclass
class _SequenceForm:
    """The sequences of each player, the constraints among them, and the payoffs of pairs, scaled to whole numbers."""

    game: ExtensiveGame
    sequences: list[dict[Moves, int]]
    parents: list[dict[str, Moves]]
    payoffs: list[dict[tuple[int, int], int]]

    def constraints(self, position: int) -> list[Equation]:
        """The empty sequence has weight one; at each information set the weights of its actions sum to that before."""
        rows: list[Equation] = [({0: 1}, 1)]
        rows += (({before: -1, **dict.fromkeys(after, 1)}, 0) for before, after in self.choices(position))
        return rows

    def choices(self, position: int) -> list[tuple[int, list[int]]]:
        """For each information set, the sequence that leads there and those that its actions make of it.

        Sets come in the order in which the tree meets them, so that what leads to one stands before it.
        """
        own = self.sequences[position]
        return [
            (own[before], [own[*before, (name, action)] for action in self.game.information_sets[name].actions])
            for name, before in self.parents[position].items()
        ]

    @property
    def variables(self) -> int:
        """How many variables the complementarity problem has: one for each sequence."""
        return sum(map(len, self.sequences))

    def shares(self, position: int) -> Any:
        """The player's payoffs by the sequences of the first and of the second, as shares of the greatest; sparse."""
        from scipy.sparse import coo_array

        greatest = max(map(abs, self.payoffs[position].values()))
        values = [value / greatest for value in self.payoffs[position].values()]
        places = tuple(zip(*self.payoffs[position], strict=True))
        return coo_array((values, places), shape=[len(own) for own in self.sequences])

    def whole_matrix(self, position: int) -> Any:
        """The payoffs in whole numbers, as a table."""
        import numpy as np

        fits = sum(map(abs, self.payoffs[position].values())) < LARGEST
        result = np.zeros([len(own) for own in self.sequences], dtype=np.int64 if fits else object)
        for pair, value in self.payoffs[position].items():
            result[pair] = value
        return result

    def constraint_matrix(self, position: int) -> Any:
        """The coefficients of `constraints`, a row for each; sparse."""
        from scipy.sparse import coo_array

        rows = self.constraints(position)
        values = [value for row, _ in rows for value in row.values()]
        places = [number for number, (row, _) in enumerate(rows) for _ in row], [k for row, _ in rows for k in row]
        return coo_array((values, places), shape=(len(rows), len(self.sequences[position])))


@dataclass(frozen=True)
class _Near:
    """An equilibrium in floats: the weight of each player's sequences, and what each loses against the best."""

    weights: tuple[Array, Array]
    losses: tuple[Array, Array]


def one_equilibrium(game: ExtensiveGame) -> Equilibria:
    """A Nash equilibrium in behaviour strategies, exact and verified; not complete.

    Raises `InputError` for other than two players or imperfect recall.
    """
    if len(game.players) != 2:
        raise InputError(f"the sequence form is solved for two players; this tree has {len(game.players)}")
    check_perfect_recall(game)
    try:
        form = _sequence_form(game)
    except OutOfTimeError:
        return Equilibria(game, "nash", (), complete=False, remarks=(STOPPED,))
    ways: tuple[Callable[[_SequenceForm], Iterable[Weights]], ...] = (_by_linear_program,)
    if fits := form.variables <= MOST_VARIABLES:
        ways = (*ways, _by_floats, _by_whole_numbers)
    for way in ways:
        for weights in () if expired() else way(form):
            strategies = _behaviour(form, weights)
            if not any(nash_regret(game, strategies).values()):
                remark = "the tree is too large for all equilibria; this one was found by the sequence form"
                found = played_out(game, strategies)
                return Equilibria(game, "nash", (found,), complete=False, remarks=(f"{remark}, and there may be more",))
        if expired():
            return Equilibria(game, "nash", (), complete=False, remarks=(STOPPED,))
    if fits:
        raise AssertionError("the sequence form gave a profile that is no equilibrium")
    remark = f"the tree is too large for its complementarity problem ({form.variables:,} variables); {OTHERWISE}"
    return Equilibria(game, "nash", (), complete=False, remarks=(remark,))


def _behaviour(form: _SequenceForm, weights: Weights) -> dict[str, dict[str, Fraction]]:
    """What the weights amount to at each information set; one that they exclude gets its first action."""
    strategies: dict[str, dict[str, Fraction]] = {}
    for name, information_set in form.game.information_sets.items():
        position = form.game.players.index(information_set.player)
        before = form.parents[position][name]
        parts = {a: weights[position][form.sequences[position][(*before, (name, a))]] for a in information_set.actions}
        total = sum(parts.values(), Fraction(0))
        first = information_set.actions[0]
        strategies[name] = {a: part / total if total else Fraction(a == first) for a, part in parts.items()}
    return strategies


def _sequence_form(game: ExtensiveGame) -> _SequenceForm:
    form = _SequenceForm(game, [{(): 0}, {(): 0}], [{}, {}], [{}, {}])
    own = _own_sequences(game)
    for path, node in game.nodes.items():
        unless_expired()
        if isinstance(node, Decision):
            position, name = game.players.index(node.player), game.information_set_at(path)
            before = own[path][position]
            form.parents[position].setdefault(name, before)
            for action in node.actions:
                form.sequences[position].setdefault((*before, (name, action)), len(form.sequences[position]))
    for position in (0, 1):
        lowered = _lowered(game, position)
        scale = lcm(1, *(value.denominator for value in lowered.values()))
        for path, value in lowered.items():
            first, second = own[path]
            pair = (form.sequences[0][first], form.sequences[1][second])
            form.payoffs[position][pair] = form.payoffs[position].get(pair, 0) + int(value * scale)
    return form


def _lowered(game: ExtensiveGame, position: int) -> dict[Path, Fraction]:
    """Each leaf's payoff, lowered so that all are below zero, times the probability of its chance events."""
    highest = max(Fraction(outcome.payoffs[position]) for outcome in game.outcomes.values())
    return {
        path: Fraction(game.chance_of(path)) * (Fraction(outcome.payoffs[position]) - highest - 1)
        for path, outcome in game.outcomes.items()
    }


def _own_sequences(game: ExtensiveGame) -> dict[Path, tuple[Moves, Moves]]:
    """What each player has chosen on the way to each node, and where."""
    own: dict[Path, tuple[Moves, Moves]] = {(): ((), ())}
    for path, node in game.nodes.items():
        unless_expired()
        first, second = own[path]
        if isinstance(node, Decision):
            name, is_first = game.information_set_at(path), node.player == game.players[0]
            for action in node.actions:
                move = (name, action)
                own[*path, action] = ((*first, move), second) if is_first else (first, (*second, move))
        elif isinstance(node, Chance):
            own.update({(*path, event): (first, second) for event in node.events})
    return own


def _by_linear_program(form: _SequenceForm) -> Iterable[Weights]:
    """Of pure conflict: the first holds the second to the least, and the program's duals are the second's weights.

    With x the weights and v what the second's information sets are worth to the first: maximise v₀ such that no
    sequence of the second leaves the first less than v says.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, hstack

    if len({sum(outcome.payoffs) for outcome in form.game.outcomes.values()}) > 1:
        return ()
    pays, own, others = form.shares(0), form.constraint_matrix(0), form.constraint_matrix(1)
    mine, worths = pays.shape[0], others.shape[0]
    goal = np.zeros(mine + worths)
    goal[mine] = -1
    start = np.zeros(own.shape[0])
    start[0] = 1
    solved = linprog(
        goal,
        A_ub=hstack([-pays.T, others.T]),
        b_ub=np.zeros(pays.shape[1]),
        A_eq=hstack([own, coo_array((own.shape[0], worths))]),
        b_eq=start,
        bounds=[(0, None)] * mine + [(None, None)] * worths,
        method="highs-ds",
    )
    if solved.status != 0:
        return ()
    weights = solved.x[:mine], -solved.ineqlin.marginals
    return _exact(form, _Near(weights, (solved.lower.marginals[:mine], solved.slack)))


def _by_floats(form: _SequenceForm) -> Iterable[Weights]:
    """By Lemke's algorithm in floats, which says what is played and what is best."""
    import numpy as np

    priors = [np.array(_uniform(form, position), dtype=float) for position in (0, 1)]
    problem = _problem(form, [form.shares(0).toarray(), form.shares(1).toarray()], priors)
    found = nearly_complementary(problem.matrix, problem.bound, problem.covering)
    return () if found is None else _exact(form, problem.read(found))


def _by_whole_numbers(form: _SequenceForm) -> Iterable[Weights]:
    """By Lemke's algorithm in exact arithmetic; nothing if stopped."""
    import numpy as np

    priors = [_uniform(form, position) for position in (0, 1)]
    scale = lcm(*(weight.denominator for prior in priors for weight in prior))
    whole = [np.array([int(weight * scale) for weight in prior], dtype=object) for prior in priors]
    problem = _problem(form, [form.whole_matrix(0), form.whole_matrix(1)], whole, scale)
    found = complementary(problem.matrix.tolist(), problem.bound.tolist(), problem.covering.tolist())
    return () if found is None else [[weights.tolist() for weights in problem.read(np.array(found)).weights]]


def _uniform(form: _SequenceForm, position: int) -> list[Fraction]:
    """The player's weights where it takes every action as often as any other."""
    weights = [Fraction(1)] * len(form.sequences[position])
    for before, after in form.choices(position):
        for sequence in after:
            weights[sequence] = weights[before] / len(after)
    return weights


@dataclass(frozen=True)
class _Base:
    """A pure strategy of a player, and how others differ from it.

    ``start``: its weights. ``kept``: whether a sequence ends with what it does at an information set. A column of
    ``change`` is what happens to all weights where another sequence gets weight one, and the strategy goes on as before
    from there; columns of sequences kept are zero. So with weights u on the others all weights are start + change·u.
    """

    start: Any
    kept: Any
    change: Any


def _base(form: _SequenceForm, position: int, worth: Any) -> _Base:
    """The player's best strategy where each sequence is worth so much by itself."""
    import numpy as np

    worth, size = worth.copy(), len(worth)
    kept, change, going_on = np.ones(size, dtype=bool), np.zeros((size, size), dtype=int), np.eye(size, dtype=int)
    for before, after in reversed(form.choices(position)):
        best = max(after, key=worth.__getitem__)
        worth[before] += worth[best]
        kept[after] = False
        kept[best] = True
        change[:, after] = going_on[:, after] - going_on[:, [best]]
        going_on[:, before] += going_on[:, best]
    return _Base(going_on[:, 0], kept, change)


@dataclass(frozen=True)
class _Problem:
    """The complementarity problem w = Mz + b + d·t around two strategies."""

    bases: tuple[_Base, _Base]
    matrix: Any
    bound: Any
    covering: Any

    def read(self, z: Any) -> _Near:
        """The weights and the losses of a solution, in numbers of its type."""
        import numpy as np

        cut = len(self.bases[0].start)
        parts = zip(self.bases, np.split(z, [cut]), np.split(self.matrix @ z + self.bound, [cut]), strict=True)
        (x, k), (y, m) = ((b.start + b.change @ z, np.where(b.kept, z, w)) for b, z, w in parts)
        return _Near((x, y), (k, m))


def _problem(form: _SequenceForm, payoffs: Sequence[Any], priors: Sequence[Any], scale: int = 1) -> _Problem:
    """The complementarity problem, of the same type as the payoffs, whose path starts at best responses to ``priors``.

    A pair of variables is the weight of a sequence and what it loses against the best: w is the weight where the base
    keeps the sequence, else z. Weights then meet their constraints and what information sets are worth needs no
    variable: with the weights y = y⁰ + Dv of the other player and losses l of what is kept, the further sequences
    lose −Cᵀ(Ay + l), C and D being the changes and A the payoffs. At t = 1 everybody responds to the other's prior
    alone; as t falls to zero, to a mixture of the prior and what the other plays, with weights t and 1 − t. Lemke's
    algorithm follows this to an equilibrium and never a ray, in far fewer steps than from an arbitrary start (von
    Stengel, van den Elzen & Talman 2002, Econometrica 70). Priors and covering vector are multiplied by ``scale``.
    """
    import numpy as np

    pays = (payoffs[0], payoffs[1].T)
    first, second = (_base(form, position, pays[position] @ priors[1 - position]) for position in (0, 1))
    blocks, bound, covering = [], [], []
    for own, other, paid, prior in ((first, second, pays[0], priors[1]), (second, first, pays[1], priors[0])):
        loss = -own.change.T @ paid
        here = own.change * own.kept[:, None] - own.change.T * own.kept
        blocks.append((here, loss @ other.change))
        bound.append(own.start + loss @ other.start)
        covering.append(loss @ (prior - scale * other.start) - scale * own.start)
    (one, across), (two, back) = blocks
    matrix = np.block([[one, across], [back, two]])
    return _Problem((first, second), matrix, np.concatenate(bound), np.concatenate(covering))


def _exact(form: _SequenceForm, near: _Near) -> Iterator[Weights]:
    """The weights that make what is best equally good and nothing else played, for each of the tolerances."""
    return (found for each in TOLERANCES if (found := _within(form, near, each)) is not None)


def _within(form: _SequenceForm, near: _Near, tolerance: float) -> Weights | None:
    """What `_exact` gives for the tolerance; None if the weights are none."""
    found = []
    for position in (0, 1):
        played = [k for k, weight in enumerate(near.weights[position]) if weight > tolerance]
        best = [k for k, loss in enumerate(near.losses[1 - position]) if loss < tolerance]
        values = _solution(_equations(form, position, played, best), len(played))
        if values is None or min(values) < 0:
            return None
        weights = dict(zip(played, values, strict=True))
        found.append([weights.get(k, Fraction(0)) for k in range(len(form.sequences[position]))])
    return found


def _equations(form: _SequenceForm, position: int, played: Sequence[int], best: Sequence[int]) -> list[Equation]:
    """What holds of the weights of the sequences ``played``, and then of what the other's information sets are worth.

    Each of the other's ``best`` sequences pays what its information set is worth, less what those after it are worth.
    """
    place = {sequence: k for k, sequence in enumerate(played)}
    pays: dict[int, dict[int, int]] = {sequence: {} for sequence in best}
    for pair, value in form.payoffs[1 - position].items():
        own, others = pair if position == 0 else pair[::-1]
        if own in place and others in pays:
            pays[others][place[own]] = -value
    for number, (row, _) in enumerate(form.constraints(1 - position)):
        for sequence, value in row.items():
            if sequence in pays:
                pays[sequence][len(played) + number] = value
    own_rows = (
        ({place[sequence]: value for sequence, value in row.items() if sequence in place}, right)
        for row, right in form.constraints(position)
    )
    return [*((row, 0) for row in pays.values()), *own_rows]


def _solution(equations: Sequence[Equation], count: int) -> list[Fraction] | None:
    """The first so many variables of a solution, with zeros where something is left open; None if there is none."""
    from sympy import QQ
    from sympy.polys.matrices import DomainMatrix

    width = 1 + max(max(row, default=-1) for row, _ in equations)
    rows = ({k: QQ(value) for k, value in {**row, width: right}.items() if value} for row, right in equations)
    entries = dict(enumerate(row for row in rows if row))
    reduced, leading = DomainMatrix(entries, (len(entries), width + 1), QQ).rref()
    if width in leading:
        return None
    solved = reduced.to_sdm()
    values = [Fraction(0)] * width
    for number, column in enumerate(leading):
        right = solved[number].get(width, QQ(0))
        values[column] = Fraction(int(right.numerator), int(right.denominator))
    return values[:count]
