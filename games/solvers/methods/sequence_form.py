"""One Nash equilibrium of a two-player tree by its sequence form, whose size is that of the tree.

A player's mixed strategy is a plan of realisation weights, one for each sequence of its own moves. Equilibrium is a
linear complementarity problem in these weights, solved by Lemke's (1965) algorithm in exact integer pivoting, with the
lexicographic rule against cycling. Needs perfect recall. Sources: von Stengel (1996), Games and Economic Behavior 14;
Koller, Megiddo & von Stengel (1996), same journal.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from games.errors import InputError
from games.forms.extensive import Chance, Decision, ExtensiveGame, Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import continuation_payoffs, reached
from games.play.regret import nash_regret
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.pivoting import leaving_row, pivoted

Moves = tuple[tuple[str, str], ...]
"""A player's own information sets and actions, in the order of play."""


@dataclass
class _SequenceForm:
    """The sequences of each player, the constraints among them, and the payoffs of pairs, scaled to whole numbers."""

    game: ExtensiveGame
    sequences: list[dict[Moves, int]]
    parents: list[dict[str, Moves]]
    payoffs: list[dict[tuple[int, int], int]]


def one_equilibrium(game: ExtensiveGame) -> Equilibria:
    """A Nash equilibrium in behaviour strategies, exact and verified; not complete.

    Raises `InputError` for other than two players or imperfect recall.
    """
    if len(game.players) != 2:
        raise InputError(f"the sequence form is solved for two players; this tree has {len(game.players)}")
    check_perfect_recall(game)
    form = _sequence_form(game)
    weights = _lemke(form)
    if weights is None:
        return Equilibria(game, "nash", (), complete=False, remarks=(STOPPED,))
    strategies: dict[str, dict[str, Fraction]] = {}
    for name, information_set in game.information_sets.items():
        position = game.players.index(information_set.player)
        before = form.parents[position][name]
        parts = {a: weights[position][form.sequences[position][(*before, (name, a))]] for a in information_set.actions}
        total = sum(parts.values(), Fraction(0))
        first = information_set.actions[0]
        strategies[name] = {a: part / total if total else Fraction(a == first) for a, part in parts.items()}
    if any(nash_regret(game, strategies).values()):
        raise AssertionError("the sequence form gave a profile that is no equilibrium")
    payoffs = dict(zip(game.players, continuation_payoffs(game, strategies)[()], strict=True))
    equilibrium = Equilibrium(strategies, payoffs, tuple(reached(game, strategies)))
    remark = "the tree is too large for all equilibria; this one was found by the sequence form, and there may be more"
    return Equilibria(game, "nash", (equilibrium,), complete=False, remarks=(remark,))


def _sequence_form(game: ExtensiveGame) -> _SequenceForm:
    form = _SequenceForm(game, [{(): 0}, {(): 0}], [{}, {}], [{}, {}])
    for path, node in game.nodes.items():
        if isinstance(node, Decision):
            position, name = game.players.index(node.player), game.information_set_at(path)
            before = _own_sequences(game, path)[position]
            form.parents[position].setdefault(name, before)
            for action in node.actions:
                form.sequences[position].setdefault((*before, (name, action)), len(form.sequences[position]))
    for position in (0, 1):
        lowered = _lowered(game, position)
        scale = lcm(1, *(value.denominator for value in lowered.values()))
        for path, value in lowered.items():
            first, second = _own_sequences(game, path)
            pair = (form.sequences[0][first], form.sequences[1][second])
            form.payoffs[position][pair] = form.payoffs[position].get(pair, 0) + int(value * scale)
    return form


def _lowered(game: ExtensiveGame, position: int) -> dict[Path, Fraction]:
    """Each leaf's payoff, lowered so that all are below zero, times the probability of its chance events.

    Payoffs below zero make the complementarity problem one that Lemke's algorithm solves.
    """
    highest = max(Fraction(outcome.payoffs[position]) for outcome in game.outcomes.values())
    result = {}
    for path, outcome in game.outcomes.items():
        chance = Fraction(1)
        for k in range(len(path)):
            node = game.nodes[path[:k]]
            if isinstance(node, Chance):
                chance *= Fraction(node.events[path[k]][0])
        result[path] = chance * (Fraction(outcome.payoffs[position]) - highest - 1)
    return result


def _own_sequences(game: ExtensiveGame, path: Path) -> list[Moves]:
    """What each player has chosen along the path, and where."""
    own: list[Moves] = [(), ()]
    for k in range(len(path)):
        node = game.nodes[path[:k]]
        if isinstance(node, Decision):
            position = game.players.index(node.player)
            own[position] = (*own[position], (game.information_set_at(path[:k]), path[k]))
    return own


def _lemke(form: _SequenceForm) -> list[list[Fraction]] | None:
    """Realisation weights of both players; None if stopped.

    The problem is w = Mz + b, w, z ≥ 0, wᵀz = 0, with z the weights and the dual variables of their constraints, each
    equality written as two inequalities.

    By duality of linear programs x is a best response to y exactly if there are dual variables p with Eᵀp ≥ Ay, tight
    wherever x has weight, E x = e being the constraints of x; so the equilibria are the solutions of the problem
    (Koller, Megiddo & von Stengel 1996). Since no payoff is positive, zᵀMz ≥ 0 for z ≥ 0, and Lemke's algorithm ends at
    a solution and not on a ray (the same).
    """
    sizes = [len(form.sequences[0]), len(form.sequences[1])]
    constraints = [_constraints(form, 0), _constraints(form, 1)]
    counts = [len(constraints[0]), len(constraints[1])]
    n = sizes[0] + sizes[1] + 2 * (counts[0] + counts[1])
    x, y = 0, sizes[0]
    p, q = sizes[0] + sizes[1], sizes[0] + sizes[1] + 2 * counts[0]
    matrix = [[0] * n for _ in range(n)]
    bound = [0] * n
    for (i, j), value in form.payoffs[0].items():
        matrix[x + i][y + j] -= value
    for (i, j), value in form.payoffs[1].items():
        matrix[y + j][x + i] -= value
    for start, offset, rows in ((x, p, constraints[0]), (y, q, constraints[1])):
        for r, (row, right) in enumerate(rows):
            plus, minus = offset + 2 * r, offset + 2 * r + 1
            for column, value in row.items():
                matrix[start + column][plus] += value
                matrix[start + column][minus] -= value
                matrix[plus][start + column] -= value
                matrix[minus][start + column] += value
            bound[plus], bound[minus] = right, -right
    solution = _complementary(matrix, bound)
    if solution is None:
        return None
    return [solution[x : x + sizes[0]], solution[y : y + sizes[1]]]


def _constraints(form: _SequenceForm, position: int) -> list[tuple[dict[int, int], int]]:
    """The empty sequence has weight one; at each information set the weights of its actions sum to that before it."""
    rows = [({0: 1}, 1)]
    for name, before in form.parents[position].items():
        row = {form.sequences[position][before]: -1}
        for action in form.game.information_sets[name].actions:
            row[form.sequences[position][(*before, (name, action))]] = 1
        rows.append((row, 0))
    return rows


def _complementary(matrix: list[list[int]], bound: list[int]) -> list[Fraction] | None:
    """z of a solution of w = Mz + b, w, z ≥ 0, wᵀz = 0, by Lemke's algorithm with the covering vector of ones.

    Variables are numbered w 0 to n−1, z n to 2n−1, and the artificial one 2n.
    """
    n = len(bound)
    rows = [[-a for a in row] + [-1, b] for row, b in zip(matrix, bound, strict=True)]
    basic, nonbasic, denominator = list(range(n)), [*range(n, 2 * n), 2 * n], 1
    slack = range(n)
    least = min(bound)
    if least < 0:
        # Under the perturbation (ε, ε², …) of the lexicographic rule, the last of several least bounds is the least.
        r, column = max(i for i in range(n) if bound[i] == least), n
        while True:
            if expired():
                return None
            pivot = rows[r][column]
            rows = pivoted(rows, r, column, denominator)
            denominator = abs(pivot)
            left = basic[r]
            basic[r], nonbasic[column] = nonbasic[column], left
            if left == 2 * n:
                break
            # What left was one of a complementary pair; only its partner may enter, so that wᵀz stays zero.
            column = nonbasic.index(left + n if left < n else left - n)
            r = leaving_row(rows, column, basic, nonbasic, slack)
            if r < 0:
                raise AssertionError("Lemke's algorithm ended on a ray, which these problems do not have")
    solution = [Fraction(0)] * n
    for row, label in zip(rows, basic, strict=True):
        if n <= label < 2 * n:
            solution[label - n] = Fraction(row[-1], denominator)
    return solution
