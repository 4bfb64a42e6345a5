"""Which ordinal preferences make sanctions succeed, in the direction of Lacy & Niou (2004), Journal of Politics 66.

The target complies or not, then the sender sanctions or not. The sender ranks compliance above non-compliance whether
or not it sanctions; the target minds both complying and being sanctioned. Twelve pairs of strict orders meet this.
"""

from collections import Counter
from itertools import permutations

from games import Decision, ExtensiveGame, Outcome, solve

OUTCOMES = (("Comply", "None"), ("Comply", "Sanction"), ("Defy", "None"), ("Defy", "Sanction"))


def orders() -> list[dict[tuple[str, str], int]]:
    return [dict(zip(OUTCOMES, ranks, strict=True)) for ranks in permutations((1, 2, 3, 4))]


def wants_compliance(sender: dict[tuple[str, str], int]) -> bool:
    return all(sender["Comply", s] > sender["Defy", s] for s in ("None", "Sanction"))


def minds_both(target: dict[tuple[str, str], int]) -> bool:
    return all(target[t, "None"] > target[t, "Sanction"] for t in ("Comply", "Defy")) and all(
        target["Defy", s] > target["Comply", s] for s in ("None", "Sanction")
    )


def ends(target: dict[tuple[str, str], int], sender: dict[tuple[str, str], int]) -> tuple[str, ...]:
    answers = {
        t: Decision("Sender", {s: Outcome((target[t, s], sender[t, s])) for s in ("None", "Sanction")})
        for t in ("Comply", "Defy")
    }
    equilibria = solve(ExtensiveGame(("Target", "Sender"), Decision("Target", answers)))
    assert equilibria.complete, "strict orders leave no ties"
    (only,) = equilibria
    return only.outcomes[0].path


def test_of_twelve_profiles_one_complies_six_go_unsanctioned_and_five_are_sanctioned_in_vain() -> None:
    targets = [order for order in orders() if minds_both(order)]
    senders = [order for order in orders() if wants_compliance(order)]
    assert (len(targets), len(senders)) == (2, 6)
    counted = Counter(ends(target, sender) for target in targets for sender in senders)
    assert counted == {("Comply", "None"): 1, ("Defy", "None"): 6, ("Defy", "Sanction"): 5}
