"""What policies come to, for a reader: sentences, the table, the header of the CSV."""

from fractions import Fraction
from typing import TYPE_CHECKING

from analyses.claims.share import percent
from analyses.policies.information import brief
from analyses.writing import no_formula
from games.exact import amount, readable
from games.tables import Cell, Table

if TYPE_CHECKING:
    from analyses.policies.figures_of_merit import Prospect
    from analyses.policies.policies import Policies

MOST_NAMED = 3


def points(number: int) -> str:
    """So many points."""
    return f"{number:,} point{'' if number == 1 else 's'}"


def findings(found: "Policies") -> tuple[str, ...]:
    """The answer first, then what it rests on."""
    return (
        _regret(found),
        _expected(found),
        _best(found),
        *_information(found),
        *_mixture(found),
        _how(found),
        *remarks(found),
    )


def _regret(found: "Policies") -> str:
    least, prospects = found.least_regret, found.prospects
    if found.regret_is_proved:
        lost = {each.policy: each.bounds.regret or Fraction(0) for each in prospects}
        said = {policy: readable(value) for policy, value in lost.items()}
        where, how = "whatever the payoffs", " (proved)"
        alike = [policy for policy, value in lost.items() if value == lost[least.policy] and policy != least.policy]
        most = max(lost, key=lost.__getitem__)
    else:
        said = {each.policy: brief(each.regret) for each in prospects}
        where, how, alike = f"at the {points(len(found))}", "", []
        most = max(prospects, key=lambda each: each.regret).policy
    tied = f", like {_named(alike)}," if alike else ""
    beside = "" if said[most] == said[least.policy] else f", “{most}” up to {said[most]}"
    loss = said[least.policy]
    lead = "it never pays" if loss == "0" else f"it pays at most {loss}"
    return (
        f"Over what the premises allow, “{least.policy}”{tied} has the least to regret for {found.player}: {where}, "
        f"{lead} less than the best policy would{beside}{how}."
    )


def _expected(found: "Policies") -> str:
    ranked = sorted(found.prospects, key=lambda each: -each.expected.value)
    first, others = ranked[0], ranked[1 : 1 + MOST_NAMED]
    said = ", ".join(f"“{each.policy}” {each.expected}" for each in others)
    left = len(ranked) - 1 - len(others)
    more = f", and {amount(left, 'other')} less" if left else ""
    return (
        f"On average over the points “{first.policy}” pays {found.player} most, {first.expected} (95 % interval); "
        f"{said}{more}."
    )


def _best(found: "Policies") -> str:
    ranked = sorted(found.prospects, key=lambda each: -each.best)
    never = [each.policy for each in ranked if not each.best]
    some = [each for each in ranked if each.best][:MOST_NAMED]
    told = "; ".join(f"“{each.policy}” at {each.best_said}{_alone(each)}" for each in some)
    nowhere = f"; at none of them {_named(never)}" if never else ""
    return f"No other policy pays more at these parts of the points: {told}{nowhere}."


def _alone(each: "Prospect") -> str:
    return "" if each.alone == each.best else f", alone at {percent(each.alone)}"


def _information(found: "Policies") -> tuple[str, ...]:
    told = found.information
    first = (
        f"To know all payoffs before the choice would be worth {told.total} to {found.player}, against always choosing "
        f"“{found.most_expected.policy}”."
    )
    ranked = sorted(told.single.items(), key=lambda each: -each[1].value)
    worth = [f"{name} {value}" for name, value in ranked[:MOST_NAMED] if value.value > 0]
    if not worth:
        return (first, "As far as the points tell, no parameter by itself would be worth knowing.")
    idle = f" For {amount(len(told.idle), 'parameter')} it is 0: no value changes the choice." if told.idle else ""
    return (first, f"Of single parameters it would be worth most to know {', '.join(worth)}.{idle}")


def _mixture(found: "Policies") -> tuple[str, ...]:
    mixed = found.mixing
    if mixed is None:
        return ()
    if not mixed.helps:
        return (f"No mixture pays {found.player} more than the best action: at {points(mixed.points)}, exactly.",)
    return (
        f"A commitment to a mixture pays {found.player} {mixed.expected}, which is {mixed.more} more than the best "
        f"action at each point; it is more at {percent(mixed.helps)} of {points(mixed.points)}.",
    )


def _how(found: "Policies") -> str:
    first = found.sweeps[0]
    return (
        f"{found.place}: {amount(len(found.actions), 'action')}, each fixed as if committed to, the rest played by "
        f"equilibrium ({found.asked.concept.title}; of several that which is {found.selection}). {points(len(found))} "
        f"in {amount(len(found.asked.names), 'parameter')}, {first.method} (seed {first.seed}); all that is allowed "
        "counts alike, which is an assumption and no belief."
    )


def remarks(found: "Policies") -> tuple[str, ...]:
    """What a reader should know besides."""
    said = list(found.asked.remarks)
    spread = [p.policy for p in found.prospects if p.expected_range[1] - p.expected_range[0] > 1e-6]
    if spread:
        said.append(f"Equilibria differ in what {_named(spread)} pays {found.player}; see the range of the mean.")
    if len(found) < found.sweeps[0].wanted:
        said.append(f"Of {found.sweeps[0].wanted:,} points wanted {len(found):,} have a payoff for every policy.")
    if found.effective < len(found) - 0.5:
        said.append(f"The points depend on each other and are worth {found.effective:,.0f} independent ones.")
    incomplete = int(max((~each.settled.complete).sum() for each in found.sweeps))
    if incomplete:
        said.append(f"At {incomplete:,} points there may be more equilibria than were found.")
    return tuple(said)


def table(found: "Policies") -> Table:
    """One row for each policy."""
    ranged = any(p.expected_range[1] - p.expected_range[0] > 1e-6 for p in found.prospects)
    rows = []
    for each in found.prospects:
        low, high = each.expected_range
        extra = [Cell(f"{brief(low)} to {brief(high)}")] if ranged else []
        rows.append(
            (
                Cell(each.policy),
                Cell(str(each.expected)),
                *extra,
                Cell(each.worst_said),
                Cell(each.regret_said),
                Cell(str(each.mean_regret)),
                Cell(each.best_said),
            )
        )
    header = (
        "Policy", "Expected", *(["Over equilibria"] if ranged else []), "Worst", "Greatest regret", "Mean regret",
        "No other pays more",
    )  # fmt: skip
    caption = f"{found.model.name}: what {found.player} may commit to at {found.place}"
    return Table(header, tuple(rows), numeric=frozenset(range(1, len(header))), caption=caption)


def header(found: "Policies") -> list[str]:
    """The columns of the CSV."""
    told = [f"{action}: {what}" for action in found.actions for what in ("payoff", "regret", "best")]
    return [*found.asked.names, *map(no_formula, told)]


def _named(labels: list[str]) -> str:
    quoted = [f"“{label}”" for label in labels[:MOST_NAMED]]
    if len(labels) > MOST_NAMED:
        quoted.append(amount(len(labels) - MOST_NAMED, "other"))
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
