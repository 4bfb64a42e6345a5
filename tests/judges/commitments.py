"""What policies pay, worked out by hand for three models of the case, in fractions: a second definition on purpose.

Nothing here is shared with the packages; parameters are a dictionary of fractions by name. Each function gives the
least and the greatest payoff of Japan over all equilibria after it has committed to an action.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

Values = Mapping[str, Fraction]
Span = tuple[Fraction, Fraction]


def retaliation(at: Values, action: str) -> Span:
    """Japan imposes no, symbolic or full sanctions; Russia concedes or answers on a rung; Japan goes on or not."""
    net = {"None": Fraction(0), "Symbolic": at["alpha"] * at["A_F"] - at["k_Y"], "Full": at["A_F"] - at["k_F"]}[action]
    harm = {"None": Fraction(0), "Symbolic": at["h_Y"], "Full": at["h_F"]}[action]
    provoked = {"None": Fraction(0), "Symbolic": at["y"], "Full": Fraction(1)}[action]
    conceded = [(at["V_J"] - at["E"], at["E"] - at["V_R"])]
    if action != "None":
        conceded.append((at["V_J"] - at["E"] + net - at["beta"], at["E"] - at["V_R"] - harm))
    answers = [conceded]
    for rung in range(4):
        hurt, gain, cost = (at[f"{name}_{rung}"] if rung else Fraction(0) for name in ("rho", "gamma", "c"))
        answer = [(net - hurt, gain * provoked - cost - harm)]
        if action != "None":
            answer.append((-at["b"] - hurt, gain * provoked - cost))
        answers.append(answer)
    ends = [[end for end in each if end[0] == max(j for j, _ in each)] for each in answers]
    return span_of(answers_taken(ends))


def answers_taken(ends: list[list[tuple[Fraction, Fraction]]]) -> Iterator[Fraction]:
    """Japan's payoffs where Russia takes an answer that some way of breaking ties makes a best one."""
    surest = max(min(r for _, r in each) for each in ends)
    for each in ends:
        yield from (j for j, r in each if r >= surest)


def partition(at: Values, action: str) -> Span:
    """Japan makes an offer from the menu, Russia accepts or refuses."""
    if action == "No offer":
        return Fraction(0), Fraction(0)
    islands, *more = action.split(", ")
    share = {"Treaty only": Fraction(0), "Two islands": at["omega"], "Four islands": Fraction(1)}[islands]
    loss = {"Treaty only": Fraction(0), "Two islands": at["ell"], "Four islands": Fraction(1)}[islands]
    paid = at["y"] if "payment" in more else Fraction(0)
    japan = share * at["V_J"] + at["z_J"] - paid
    russia = at["z_R"] - loss * at["L"] + paid
    if islands != "Four islands":
        japan -= at["alpha_J"]
    if islands != "Treaty only":
        russia -= at["tau"]
    if "relief" in more:
        japan, russia = japan - at["a"], russia + at["h"]
    return span_of(([japan] if russia >= 0 else []) + ([-at["phi"]] if russia <= 0 else []))


def threat(at: Values, action: str) -> Span:
    """Full sanctions against a Russia of unknown resolve: all Nash equilibria of what follows, by how firm Japan is.

    At each probability ``hold`` that matters, both kinds of Russia reply, and Japan must be willing to hold so often.
    """
    if action == "None":
        return Fraction(0), Fraction(0)
    kinds = []
    for odds, value in ((at["mu"], at["v_L"]), (1 - at["mu"], at["v_H"])):
        late = at["h"] > value + at["tau"]
        faced = at["g"] - (value + at["tau"] if late else at["h"])
        kinds.append((odds, value, faced, (at["V"] if late else at["e"]) - at["rho"]))
    back = -at["b"] - at["rho"]
    turns = {Fraction(0), Fraction(1)}
    for _, value, faced, _ in kinds:
        if faced != at["g"] and 0 < (at["g"] + value) / (at["g"] - faced) < 1:
            turns.add((at["g"] + value) / (at["g"] - faced))
    ordered = sorted(turns)
    between = [(one + two) / 2 for one, two in pairwise(ordered)]
    found: list[Fraction] = []
    for hold in (*ordered, *between):
        replies = []
        for _, value, faced, _ in kinds:
            gain = hold * faced + (1 - hold) * at["g"] + value
            replies.append((0, 1) if gain == 0 else (1, 1) if gain > 0 else (0, 0))
        for mixed in ends_of(kinds, replies, back, hold):
            found.append(
                sum(
                    odds * ((1 - x) * at["V"] + x * (hold * held + (1 - hold) * back))
                    for (odds, _, _, held), x in zip(kinds, mixed, strict=True)
                )
            )
    return span_of(found)


def ends_of(kinds, replies, back, hold) -> Iterator[tuple[Fraction, ...]]:
    """The extreme replies at which Japan is willing to hold with this probability; at most one kind is indifferent."""

    def willing(mixed: tuple[Fraction, ...]) -> Fraction:
        return sum(odds * x * (held - back) for (odds, _, _, held), x in zip(kinds, mixed, strict=True))

    def fits(mixed: tuple[Fraction, ...]) -> bool:
        by = willing(mixed)
        return by >= 0 if hold == 1 else by <= 0 if hold == 0 else by == 0

    lows = tuple(Fraction(low) for low, _ in replies)
    highs = tuple(Fraction(high) for _, high in replies)
    candidates = {lows, highs}
    by_low, by_high = willing(lows), willing(highs)
    if by_low * by_high < 0:
        part = by_low / (by_low - by_high)
        candidates.add(tuple(low + part * (high - low) for low, high in zip(lows, highs, strict=True)))
    return (mixed for mixed in candidates if fits(mixed))


def span_of(paid) -> Span:
    """The least and the greatest."""
    known = list(paid)
    return min(known), max(known)
