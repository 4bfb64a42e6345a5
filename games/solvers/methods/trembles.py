"""Whether an equilibrium in pure strategies of any number of players is perfect: one tremble for everybody.

A pure equilibrium is perfect if completely mixed profiles come arbitrarily close to it against which everybody's
strategy is a best response (Selten 1975, International Journal of Game Theory 4). The odds of each mistake, against
what is played, are the unknowns; what a player gains by another strategy has the sign of a polynomial in the others'
odds. Where a profile is that near, so is a curve on which each of the odds is about c·tʷ for small t, with numbers
c, w > 0 (the curve selection lemma, Milnor 1968, Singular Points of Complex Hypersurfaces, section 3). A gain then has
the sign of what is left of its polynomial at those c, of the products with the least power of t, unless that is 0.

So if no c and w make all of these 0 or less, the equilibrium is not perfect; and if the gains themselves are 0 or less
on the curve c·tʷ, it is. Between the two it is not decided: that takes curves of more terms.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import TypeAlias

from games.exact import Number
from games.forms.strategic import Profile, StrategicGame
from games.solvers.methods.nonlinear import asked

Mistake: TypeAlias = tuple[str, str]
"""A player and a strategy that it does not play."""

Gain: TypeAlias = Mapping[tuple[Mistake, ...], Number]
"""A polynomial in the odds of mistakes, each at most once in a product: products → coefficients other than 0."""

STEPS = 2_000_000
"""How many steps nonlinear arithmetic may take for one question."""

MOST_CURVES = 12
"""How many ways to compare the powers of t are tried before the question is left open."""


@dataclass(frozen=True)
class Tremble:
    """The odds of each mistake, as multiples of powers of t, that make everybody's strategy best for all small t.

    Mistakes that are not named may have any small odds.
    """

    odds: Mapping[Mistake, tuple[Fraction, int]]

    def is_one(self, game: StrategicGame, profile: Profile) -> bool:
        """Whether nobody gains by another strategy, by exact arithmetic on the powers of t."""
        return all(_falls(_along(gain, self.odds)) for gain in gains(game, profile))


def tremble_for(game: StrategicGame, profile: Profile) -> Tremble | bool | None:
    """A tremble that makes the pure equilibrium perfect; False if it is not perfect; None if that is not decided."""
    open_gains = gains(game, profile)
    mistakes = list(dict.fromkeys(mistake for gain in open_gains for product_ in gain for mistake in product_))
    if not mistakes:
        return Tremble({})
    refused: list[str] = []
    for strictly in (True, False):
        while len(refused) <= MOST_CURVES:
            found, values = asked(_script(open_gains, mistakes, strictly, refused), _names(mistakes), STEPS)
            if found is None:
                return None
            if not found:
                break
            powers = _whole([Fraction(values[f"w{k}"]) for k in range(len(mistakes))])
            tried = _multiples(open_gains, mistakes, powers)
            if tried is not None:
                tremble = Tremble(dict(zip(mistakes, zip(tried, powers, strict=True), strict=True)))
                if tremble.is_one(game, profile):
                    return tremble
            refused.append(_pattern(open_gains, mistakes, powers))
        if not strictly and not found:
            return None if refused else False
    return None


def gains(game: StrategicGame, profile: Profile) -> list[Gain]:
    """What every other strategy that is as good in the equilibrium gains where others err; those that never do are out.

    A strategy that is worse in the equilibrium is worse near it.
    """
    result: list[Gain] = []
    for position, player in enumerate(game.players):
        for own in game.strategies[player]:
            gain = dict(_gain(game, profile, position, own))
            if () not in gain and gain:
                result.append(gain)
    return result


def _gain(
    game: StrategicGame, profile: Profile, position: int, own: str
) -> Iterator[tuple[tuple[Mistake, ...], Number]]:
    """Product by product, what ``own`` pays the player more than the player's strategy in the profile."""
    for played in product(*game.strategies.values()):
        if played[position] != own:
            continue
        kept = (*played[:position], profile[position], *played[position + 1 :])
        more = game.payoffs[played][position] - game.payoffs[kept][position]
        if more:
            others = zip(game.players, played, profile, strict=True)
            erring = ((who, label) for k, (who, label, meant) in enumerate(others) if k != position and label != meant)
            yield tuple(erring), more


def _names(mistakes: Sequence[Mistake]) -> list[str]:
    return [f"{letter}{k}" for letter in "cw" for k in range(len(mistakes))]


def _script(gains: Sequence[Gain], mistakes: Sequence[Mistake], strictly: bool, refused: Sequence[str]) -> str:
    """In SMT-LIB: powers w, at least 1, and multiples c > 0 at which what is left of each gain is negative, or 0."""
    number = {mistake: k for k, mistake in enumerate(mistakes)}
    lines = [f"(declare-const {name} Real)" for name in _names(mistakes)]
    lines += [f"(assert (and (> c{k} 0) (>= w{k} 1)))" for k in range(len(mistakes))]
    for g, gain in enumerate(gains):
        lines.append(f"(declare-const m{g} Real)")
        powers = [_sum(f"w{number[mistake]}" for mistake in together) for together in gain]
        lines += [f"(assert (<= m{g} {power}))" for power in powers]
        lines.append(f"(assert (or {' '.join(f'(= m{g} {power})' for power in powers)}))")
        left = [
            f"(ite (= m{g} {power}) (* {_rational(value)} {' '.join(f'c{number[m]}' for m in together)}) 0)"
            for power, (together, value) in zip(powers, gain.items(), strict=True)
        ]
        lines.append(f"(assert ({'<' if strictly else '<='} {_sum(left)} 0))")
    return "\n".join([*lines, *refused])


def _sum(terms: Iterator[str] | Sequence[str]) -> str:
    return f"(+ 0 {' '.join(terms)})"


def _rational(value: Number) -> str:
    exact = Fraction(value)
    shown = f"(/ {abs(exact.numerator)} {exact.denominator})"
    return shown if exact >= 0 else f"(- {shown})"


def _whole(powers: Sequence[Fraction]) -> list[int]:
    scale = lcm(*(power.denominator for power in powers))
    return [int(power * scale) for power in powers]


def _ranked(gain: Gain, powers: Mapping[Mistake, int]) -> dict[int, list[tuple[tuple[Mistake, ...], Number]]]:
    """The products by their power of t, the least first."""
    result: dict[int, list[tuple[tuple[Mistake, ...], Number]]] = {}
    for together, value in gain.items():
        result.setdefault(sum(powers[mistake] for mistake in together), []).append((together, value))
    return dict(sorted(result.items()))


def _multiples(gains: Sequence[Gain], mistakes: Sequence[Mistake], powers: Sequence[int]) -> list[Fraction] | None:
    """Multiples at these powers with which no gain is positive for small t; None if there are none.

    Irrational ones are rounded.
    """
    power = dict(zip(mistakes, powers, strict=True))
    number = {mistake: k for k, mistake in enumerate(mistakes)}
    names = _names(mistakes)[: len(mistakes)]
    lines = [f"(declare-const {name} Real)\n(assert (> {name} 0))" for name in names]
    for gain in gains:
        # Negative at the least power at which it is not 0.
        falls = "true"
        for terms in reversed(_ranked(gain, power).values()):
            total = _sum([f"(* {_rational(v)} {' '.join(f'c{number[m]}' for m in together)})" for together, v in terms])
            falls = f"(or (< {total} 0) (and (= {total} 0) {falls}))"
        lines.append(f"(assert {falls})")
    found, values = asked("\n".join(lines), names, STEPS)
    if not found:
        return None
    return [Fraction(values[name].rstrip("?")) for name in names]


def _pattern(gains: Sequence[Gain], mistakes: Sequence[Mistake], powers: Sequence[int]) -> str:
    """That the products with the least powers shall not be the same as at these."""
    power = dict(zip(mistakes, powers, strict=True))
    number = {mistake: k for k, mistake in enumerate(mistakes)}
    same = []
    for g, gain in enumerate(gains):
        least = next(iter(_ranked(gain, power)))
        for together in gain:
            is_least = sum(power[mistake] for mistake in together) == least
            equal = f"(= m{g} {_sum(f'w{number[mistake]}' for mistake in together)})"
            same.append(equal if is_least else f"(not {equal})")
    return f"(assert (not (and {' '.join(same)})))"


def _along(gain: Gain, odds: Mapping[Mistake, tuple[Fraction, int]]) -> list[Fraction]:
    """The gain's coefficients at the powers of t that occur, the least first."""
    ranked = _ranked(gain, {mistake: power for mistake, (_, power) in odds.items()})

    def multiple(together: Sequence[Mistake]) -> Fraction:
        return prod((odds[mistake][0] for mistake in together), start=Fraction(1))

    return [sum((value * multiple(together) for together, value in terms), Fraction(0)) for terms in ranked.values()]


def _falls(coefficients: Sequence[Fraction]) -> bool:
    """Whether a polynomial in t is 0 or negative for all small t > 0."""
    return next((value for value in coefficients if value), Fraction(-1)) < 0
