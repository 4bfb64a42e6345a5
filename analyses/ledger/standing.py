"""How a tension between arguments stands."""

from enum import StrEnum


class Standing(StrEnum):
    """What is known of a tension: whether the claims that show it can hold together.

    >>> from analyses.ledger import Standing
    >>> [each.value for each in Standing]
    ['exclude each other', 'can both hold', 'not decided', 'left unsaid']
    """

    EXCLUDE = "exclude each other"
    COMPATIBLE = "can both hold"
    OPEN = "not decided"
    OMISSION = "left unsaid"
    """No claims show it, since nothing but words is missing."""
