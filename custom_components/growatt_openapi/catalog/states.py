"""What the codes of Growatt's states stand for, per family and answer."""

from collections.abc import Mapping
from typing import Final

# Last data of classic inverters.
INVERTER: Final = {0: "waiting", 1: "normal", 3: "fault"}

# Last data of MIN. The manual has 0 to 2; V1 also sends 3 for a fault, and hardware in
# normal operation was seen with 5 to 8 (as in the details) and with 100.
MIN: Final = {
    0: "waiting",
    1: "normal",
    2: "fault",
    3: "fault",
    4: "updating",
    5: "normal",
    6: "normal",
    7: "normal",
    8: "normal",
    100: "normal",
}


def options(states: Mapping[int, str]) -> list[str]:
    """Return each text once, in the order of the codes."""
    return list(dict.fromkeys(states.values()))


def faults(states: Mapping[int, str]) -> frozenset[float]:
    """Return the codes that stand for a fault."""
    return frozenset(code for code, state in states.items() if state == "fault")
