"""What each parameter decides, in sentences and tables."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from analyses.claims.share import percent
from analyses.importance.intervals import Index
from analyses.importance.morris import MU_STAR
from analyses.importance.targets import FIRST, NOBODY, THE_SET, TOTAL, Estimate, Target
from analyses.sampling.pieces import DIMENSIONS
from games.errors import listed
from games.exact import amount, readable
from games.tables import Cell, Table

if TYPE_CHECKING:
    from analyses.importance.found import Importance

MOST_SHOWN = 3
LONGEST = 7
"""The most characters of a fraction in a table."""

MOST_OF_A_TARGET = 5
"""How many parameters the table of measures has of each target."""


def findings(found: "Importance") -> tuple[str, ...]:
    """What decides most, what decides each outcome and payoff, and what does not vary, in sentences."""
    said = [_first_of_all(found)]
    varying = [target for target in shown(found) if target.varies]
    payoffs = [target for target in varying if target.name.startswith("payoff of ")]
    said += [_most(found, target) for target in varying]
    said += [sentence for target in (found.the_set, *payoffs) for sentence in _pair(found, target)]
    said += [sentence for target in payoffs for sentence in _by_measures(found, target)]
    said += _still(found)
    return (*said, _how(found), *found.remarks)


def _first_of_all(found: "Importance") -> str:
    if found.sets < 2:
        return "The set of outcomes is the same at all points, so no parameter decides it: every index of it is 0."
    of_set = found.the_set.indices
    assert of_set is not None
    group = max(range(len(found.groups)), key=lambda g: of_set.total[g].value)
    sole = max(range(len(found.names)), key=lambda k: found.entropy[k].value)
    alone = f"{found.names[sole]} by itself takes away {_part(found.entropy[sole])} of the uncertainty about it."
    if of_set.rare:
        return f"The set of outcomes varies too rarely for Sobol indices; {alone}"
    verb = "it decides" if len(found.groups[group]) == 1 else "they decide"
    return (
        f"What is played hangs on {found.group_names[group]} most: alone or with others {verb} "
        f"{_part(of_set.total[group])}{_exactly(found, THE_SET, group)} of the variance of the set of outcomes. {alone}"
    )


def _exactly(found: "Importance", of: str, group: int) -> str:
    """The exact total index in brackets, if there is one."""
    exact = found.exact.indices.get((of, TOTAL, found.groups[group]))
    return "" if exact is None else f", exactly {readable(exact)},"


def _short(exact: Fraction) -> str:
    """As it is, or rounded where it is long."""
    said = readable(exact)
    return said if len(said) <= LONGEST else f"≈ {float(exact):.4f}"


def shown(found: "Importance") -> list[Target]:
    """Payoffs and the commonest outcomes."""
    common = sorted(found.shares, key=lambda one: -one.possible)[:MOST_SHOWN]
    outcomes = [f"probability of {one.outcome}" for one in common]
    wanted = [target for target in found.targets if target.name.startswith("payoff of ")]
    return wanted + [t for name in outcomes for t in found.targets if t.name in (name, f"{name}, greatest")]


def _most(found: "Importance", target: Target) -> str:
    assert target.indices is not None
    total = target.indices.total
    group = max(range(len(total)), key=lambda g: total[g].value)
    return f"The {target.said} hangs most on {found.group_names[group]} (total index {total[group]})."


def _pair(found: "Importance", target: Target) -> Iterator[str]:
    """Which two groups decide most together, if that is more than nothing."""
    if not target.varies or target.indices is None or not target.indices.second:
        return
    second = target.indices.second
    pair = max(range(len(second)), key=lambda p: second[p].value)
    if second[pair].low > 0:
        both = found.pair_names[pair].replace(" × ", " and ")
        yield f"Of the {target.said} {both} decide {_part(second[pair])} together, beyond what each does alone."


def _by_measures(found: "Importance", target: Target) -> Iterator[str]:
    own = [each for each in found.estimates if each.of == target.name]
    for measure in dict.fromkeys(each.measure for each in own):
        several = [each for each in own if each.measure == measure]
        most = max((each for each in several if each.who != NOBODY), key=lambda each: each.index.value)
        if measure == MU_STAR:
            yield f"The {target.said} moves most, by {most.index} on average, as {most.who} crosses its range."
            continue
        (chance,) = [each.index.value for each in several if each.who == NOBODY]
        yield (
            f"By {measure} the {target.said} hangs most on {most.who} ({most.index}); what decides nothing has "
            f"{chance:.2f}."
        )


def _still(found: "Importance") -> Iterator[str]:
    """What does not vary, what varies too rarely, and what is not defined everywhere."""
    others = found.targets[1:]
    if undefined := [target for target in others if target.undefined]:
        count = max(target.undefined for target in undefined)
        yield (
            f"Without an index, for at {count:,} of {found.settled:,} points there is no "
            f"{found.swept.concept.noun[0]}: {_several(undefined)}."
        )
    if rare := [target for target in others if target.indices and target.indices.rare]:
        yield f"Without an index, for they vary too rarely: {_several(rare)}."
    still: dict[float, list[Target]] = {}
    for target in others:
        if target.indices and target.indices.constant is not None:
            still.setdefault(target.indices.constant, []).append(target)
    for value, targets in still.items():
        yield f"Constant at {readable(value)}, so that every index is 0: {_several(targets)}."


def _how(found: "Importance") -> str:
    what = amount(len(found.names), "parameter")
    return (
        f"{found.pairs:,} pairs of points in {what}, {found.method} (seed {found.seed}); {found.settled:,} points were "
        "settled. In brackets are 95 % intervals of a bootstrap. A total index is the part of the variance that a "
        "parameter decides alone or with others, a first index what it decides alone; entropy explained is the part of "
        "the uncertainty that it takes away alone; HSIC is its dependence, 0 for none and 1 for the closest, and p how "
        "probable as much would be if it decided nothing."
    )


def remarks(found: "Importance") -> tuple[str, ...]:
    """What a reader should know besides."""
    return (*_of_exact(found), *_of_dependence(found), *_of_points(found), *found.swept.remarks)


def _of_exact(found: "Importance") -> Iterator[str]:
    if len(found.names) > DIMENSIONS:
        return
    if found.exact.because:
        some = "Some exact indices are missing" if found.exact.indices else "There are no exact indices"
        yield f"{some}: {found.exact.because}."
    if not found.exact.because and found.exact.indices:
        yield "Beside Sobol indices stand the exact ones, integrals over polytopes."


def _of_dependence(found: "Importance") -> Iterator[str]:
    independent = found.swept.premises.independent
    if joint := [group for group in independent if len(group) > 1]:
        names = "; ".join(" with ".join(found.names[k] for k in group) for group in joint)
        yield (
            f"Premises link {names}: these have their Sobol indices in common, for none can move while the others "
            "stay. Entropy explained, HSIC, PAWN and delta are each parameter's own, and count what it tells through "
            "the others."
        )
        if "morris" in found.measures:
            yield "What premises link has no elementary effects, for the same reason."
    if follows := [name for name in found.swept.names if name not in found.names]:
        yield f"By the premises {listed(follows)} follows from the others, and has no index of its own."
    for group, label in found.labels.items():
        yield f"The group {label} is {listed(found.names[k] for k in group)}."


def _of_points(found: "Importance") -> Iterator[str]:
    if found.incomplete:
        yield f"At {found.incomplete:,} points there may be more equilibria than were found."
    if found.numeric:
        yield f"At {found.numeric:,} points the equilibria are numeric: what nearly ties may be told apart."
    if found.pairs < found.wanted:
        why = found.stopped or "the premises leave no more, or no game, at the others"
        yield f"Of {found.wanted:,} pairs wanted {found.pairs:,} were compared, since {why}."
    if found.effective < 2 * found.pairs:
        yield (
            f"The points depend on each other and are worth {found.effective:,.0f} independent ones; p-values suppose "
            "that they do not."
        )
    if found.unweighed:
        yield f"The time was up before {amount(found.unweighed, 'target')} had the further measures; allow more."


def table(found: "Importance") -> Table:
    """One row for each parameter, those that decide most first."""
    payoffs = [t for t in found.targets if t.name.startswith(("payoff of ", "choice of ")) and t.indices]
    is_exact = any(of == THE_SET for of, _, _ in found.exact.indices)
    header = (
        "Parameter", "Set: total", *(["exact"] * is_exact), "Set: first", *(["exact"] * is_exact), "Entropy explained",
        "HSIC", "p", *(f"{target.name}: total" for target in payoffs),
    )  # fmt: skip
    rows = []
    for k in found.order:
        group, kernel = found.group_of(k), found.dependence[k]
        cells = [found.names[k]]
        for which, index in zip((TOTAL, FIRST), _both(found.the_set, group), strict=True):
            cells.append(index)
            if is_exact:
                exact = found.exact.indices.get((THE_SET, which, found.groups[group]))
                cells.append("" if exact is None else _short(exact))
        cells += [str(found.entropy[k]), str(kernel.index), f"{kernel.p_value:.3f}"]
        cells += [_both(target, group)[0] for target in payoffs]
        rows.append(tuple(map(Cell, cells)))
    caption = f"{found.model.name}, {found.swept.concept.name}: what each parameter decides"
    return Table(header, tuple(rows), numeric=frozenset(range(1, len(header))), caption=caption)


def measures_table(found: "Importance") -> Table:
    """The further measures of payoffs and of the commonest outcomes, and of each the parameters that decide most."""
    measures = list(dict.fromkeys(each.measure for each in found.estimates))
    rows = []
    for target in shown(found):
        by_who: dict[str, dict[str, Estimate]] = {}
        for each in found.estimates:
            if each.of == target.name:
                by_who.setdefault(each.who, {})[each.measure] = each
        ranked = sorted(by_who, key=lambda who: -max(each.index.value for each in by_who[who].values()))
        people = [who for who in ranked if who != NOBODY][:MOST_OF_A_TARGET]
        for who in (*people, *([NOBODY] if NOBODY in by_who else [])):
            own = by_who[who]
            cells = (str(own[measure].index) if measure in own else "" for measure in measures)
            rows.append(tuple(map(Cell, (target.name, who, *cells))))
    numeric = frozenset(range(2, 2 + len(measures)))
    return Table(("Of", "Parameter", *measures), tuple(rows), numeric=numeric, caption="Further measures")


def _both(target: Target, group: int) -> tuple[str, str]:
    if target.indices is None:
        return "", ""
    return str(target.indices.total[group]), str(target.indices.first[group])


def _several(targets: Sequence[Target]) -> str:
    said = "; ".join(target.said for target in targets[:MOST_SHOWN])
    return said + (f"; {len(targets) - MOST_SHOWN} more" if len(targets) > MOST_SHOWN else "")


def _part(index: Index) -> str:
    return f"{percent(index.value)} ({percent(max(index.low, 0.0))} to {percent(index.high)})"
