"""One Nash equilibrium of a two-player tree by its sequence form, whose size is that of the tree.

A player's mixed strategy is a plan of realisation weights, one for each sequence of its own moves. Equilibrium is a
linear complementarity problem in these weights, and of pure conflict a linear program. Floats propose which sequences
are played and which are best; the linear equations that follow are then solved exactly, and whoever might gain is
looked for in the tree. Where this fails, Lemke's algorithm in whole numbers finds one. Needs perfect recall. Sources:
von Stengel (1996), Games and Economic Behavior 14; Koller, Megiddo & von Stengel (1996), same journal.
"""

from collections.abc import Callable, Mapping, Sequence
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

Moves = tuple[tuple[str, str], ...]
"""A player's own information sets and actions, in the order of play."""

Weights = list[list[Fraction]]
"""The realisation weights of both players, by the numbers of their sequences."""

Equation = tuple[Mapping[int, int], int]
"""The coefficients of the variables with these numbers, and the right-hand side."""

TOLERANCE = 1e-5
"""A weight or a loss below this counts as zero in floats, where payoffs are at most 1.

A wrong guess is no wrong answer: then the next way is gone.
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
        for name, before in self.parents[position].items():
            row = {self.sequences[position][before]: -1}
            for action in self.game.information_sets[name].actions:
                row[self.sequences[position][(*before, (name, action))]] = 1
            rows.append((row, 0))
        return rows

    @property
    def variables(self) -> int:
        """How many variables the complementarity problem has."""
        return sum(len(own) for own in self.sequences) + 2 * sum(1 + len(own) for own in self.parents)

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

        result = np.zeros([len(own) for own in self.sequences], dtype=object)
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
    ways: tuple[Callable[[_SequenceForm], Weights | None], ...] = (_by_linear_program,)
    if fits := form.variables <= MOST_VARIABLES:
        ways = (*ways, _by_floats, _by_whole_numbers)
    for way in ways:
        weights = None if expired() else way(form)
        strategies = weights and _behaviour(form, weights)
        if strategies and not any(nash_regret(game, strategies).values()):
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
    """Each leaf's payoff, lowered so that all are below zero, times the probability of its chance events.

    Payoffs below zero make the complementarity problem one that Lemke's algorithm solves.
    """
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


def _by_linear_program(form: _SequenceForm) -> Weights | None:
    """Of pure conflict: the first holds the second to the least, and the program's duals are the second's weights.

    With x the weights and v what the second's information sets are worth to the first: maximise v₀ such that no
    sequence of the second leaves the first less than v says.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, hstack

    if len({sum(outcome.payoffs) for outcome in form.game.outcomes.values()}) > 1:
        return None
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
        return None
    weights = solved.x[:mine], -solved.ineqlin.marginals
    return _exact(form, _Near(weights, (solved.lower.marginals[:mine], solved.slack)))


def _by_floats(form: _SequenceForm) -> Weights | None:
    """By Lemke's algorithm in floats, which says what is played and what is best."""
    matrix, bound = _problem(form, [form.shares(0).toarray(), form.shares(1).toarray()])
    found = nearly_complementary(matrix, bound)
    if found is None:
        return None
    weights, losses = _by_player(form, found), _by_player(form, matrix @ found + bound)
    return _exact(form, _Near(weights, losses))


def _by_whole_numbers(form: _SequenceForm) -> Weights | None:
    """By Lemke's algorithm in exact arithmetic; None if stopped."""
    matrix, bound = _problem(form, [form.whole_matrix(0), form.whole_matrix(1)])
    found = complementary(matrix.tolist(), bound.tolist())
    return None if found is None else list(_by_player(form, found))


def _by_player(form: _SequenceForm, values: Any) -> tuple[Any, Any]:
    """Of the variables of `_problem`, those of the first player's sequences and of the second's."""
    first, second = (len(own) for own in form.sequences)
    return values[:first], values[first : first + second]


def _problem(form: _SequenceForm, payoffs: Sequence[Any]) -> tuple[Any, Any]:
    """The complementarity problem w = Mz + b as M and b, of the same type as the payoffs.

    Its variables are the weights, and the dual variables of their constraints, each equality written as two
    inequalities. By duality of linear programs x is a best response to y exactly if there are dual variables p with
    Eᵀp ≥ Ay, tight wherever x has weight, E x = e being the constraints of x; so the equilibria are the solutions of
    the problem (Koller, Megiddo & von Stengel 1996). Since no payoff is positive, zᵀMz ≥ 0 for z ≥ 0, and Lemke's
    algorithm ends at a solution and not on a ray (the same).
    """
    import numpy as np
    from scipy.linalg import block_diag

    constraints = [form.constraint_matrix(position).toarray() for position in (0, 1)]
    ties = block_diag(*(np.vstack([rows, -rows]) for rows in constraints))
    first, both = len(payoffs[0]), ties.shape[1]
    matrix = np.zeros((both + len(ties),) * 2, dtype=payoffs[0].dtype)
    matrix[:first, first:both], matrix[first:both, :first] = -payoffs[0], -payoffs[1].T
    matrix[:both, both:], matrix[both:, :both] = ties.T, -ties
    bound = np.zeros(len(matrix), dtype=payoffs[0].dtype)
    start = both
    for rows in constraints:
        bound[start], bound[start + len(rows)] = 1, -1
        start += 2 * len(rows)
    return matrix, bound


def _exact(form: _SequenceForm, near: _Near) -> Weights | None:
    """The weights that make what is best equally good and nothing else played; None if they are none."""
    found = []
    for position in (0, 1):
        played = [k for k, weight in enumerate(near.weights[position]) if weight > TOLERANCE]
        best = [k for k, loss in enumerate(near.losses[1 - position]) if loss < TOLERANCE]
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
