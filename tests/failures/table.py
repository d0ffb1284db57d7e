"""The table of failures: what Growatt does, and what a user sees of it.

All of it happens in the house "duo": a plant with an inverter, and one with three MIN
on two data loggers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

type Things = frozenset[str]
type Fault = tuple[str, Mapping[str, Any]]

BARN: Final = "9910101"
TERRACE: Final = "9910102"
INVERTER: Final = "SIM1100001"
# The three MIN.
A: Final = "SIM7100003"
B: Final = "SIM7100005"
C: Final = "SIM7100006"

NOTHING: Final[Things] = frozenset()
ONE: Final = frozenset({B})
MIN: Final = frozenset({A, B, C})
DEVICES: Final = MIN | {INVERTER}
PLANTS: Final = frozenset({BARN, TERRACE})
DATALOGGERS: Final = frozenset({"SIML100002", "SIML100004", "SIML100007"})
EVERYTHING: Final = PLANTS | DEVICES | DATALOGGERS

AT_ONCE: Final = timedelta(minutes=5, seconds=6)
LONGEST_PAUSE: Final = timedelta(minutes=36)
"""A pause between two attempts is at most half an hour, and then things are fresh."""
HOUR: Final = timedelta(minutes=66)
"""A refused device, a list, and the longest wait after "too often" take an hour."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A row: what Growatt does, and what of it reaches the user."""

    faults: tuple[Fault, ...]
    """The fault switches of the simulator."""
    loads: bool = True
    """Whether set-up succeeds meanwhile; otherwise it goes on trying."""
    without: Things = NOTHING
    """What has no values if it is set up meanwhile."""
    lost: Things = NOTHING
    """What loses its values while running, as soon as it is asked for."""
    kept: Things = NOTHING
    """What keeps its values for half an hour, and loses them then."""
    logs: frozenset[str] = frozenset()
    """The kinds of question that fail; the first has a line in the log, and one up."""
    logs_at_set_up: frozenset[str] = frozenset()
    """The same where it is set up meanwhile."""
    back: timedelta = LONGEST_PAUSE
    """How long after the end everything is well again, by itself."""


def _always(*faults: Fault, back: timedelta = LONGEST_PAUSE) -> Failure:
    """Return the row of a failure that every question meets."""
    return Failure(
        faults=faults,
        loads=False,
        kept=EVERYTHING,
        logs=frozenset({"inventory", "inverter", "min", "plant"}),
        back=back,
    )


def _readings(*faults: Fault, back: timedelta = LONGEST_PAUSE) -> Failure:
    """Return the row of a failure that all ways to the readings of devices meet."""
    ways = ("new-api/queryLastData", "device/tlx/tlx", "device/inverter/")
    return Failure(
        faults=tuple(
            (kind, {**options, "path": path})
            for kind, options in faults
            for path in ways
            if path.startswith(options.get("path", ""))
        ),
        without=DEVICES,
        kept=DEVICES,
        logs=frozenset({"inverter", "min"}),
        logs_at_set_up=frozenset({"inverter", "min"}),
        back=back,
    )


def _totals(*faults: Fault, back: timedelta = LONGEST_PAUSE) -> Failure:
    """Return the row of a failure that only the totals of the plants meet."""
    return Failure(
        faults=tuple(
            (kind, {**options, "path": "plant/data"}) for kind, options in faults
        ),
        without=PLANTS,
        kept=PLANTS,
        logs=frozenset({"plant"}),
        logs_at_set_up=frozenset({"plant"}),
        back=back,
    )


def _code(code: int, path: str = "", **options: Any) -> Fault:
    """Return the fault of a code in the envelope of a path."""
    return "code", {"code": code, "path": path, **options}


# V4 has codes of its own for the same.
SYSTEM_ERROR: Final = (_code(1, "new-api/"), _code(10001))
TOO_OFTEN: Final = (_code(102, "new-api/"), _code(10012))


# Trouble with every question.
_EVERYWHERE: Final = {
    "http 500": _always(("http", {"status": 500})),
    "http 502": _always(("http", {"status": 502})),
    "http 403": _always(("http", {"status": 403})),
    "html": _always(("html", {})),
    "truncated body": _always(("truncated", {})),
    "truncated chunks": _always(("truncated", {"chunked": True})),
    "closed connection": _always(("close", {})),
    "silence": _always(("silence", {})),
    "endless redirect": _always(("redirect", {})),
    "no data": _always(("no_data", {})),
    "10001": _always(*SYSTEM_ERROR),
    "10012": _always(*TOO_OFTEN, back=HOUR),
    # There are no fractions in the lists of devices.
    "not a number": Failure(
        faults=(("nan", {}),),
        loads=False,
        kept=PLANTS | DEVICES,
        logs=frozenset({"inverter", "min", "plant"}),
    ),
}

# Trouble with one kind of question.
_SOMEWHERE: Final = {
    "readings: http 500": _readings(("http", {"status": 500})),
    "readings: 102": _readings(_code(102), back=HOUR),
    "readings: refused": _readings(
        _code(12, "new-api/"), _code(10011, "device/"), back=HOUR
    ),
    "totals: http 502": _totals(("http", {"status": 502})),
    "totals: no data": _totals(("no_data", {})),
    "totals: 10012": _totals(_code(10012), back=HOUR),
    "totals: 10011": _totals(_code(10011)),
    "details: html": Failure(faults=(("html", {"path": "new-api/queryDeviceInfo"}),)),
    "V4: 101": Failure(faults=(_code(101, "new-api/"),)),
}

# Trouble with a list; what is known of plants and devices is not taken away.
_LISTS: Final = {
    "plants: 10011 once": Failure(
        faults=(_code(10011, "plant/list", times=1),), loads=False
    ),
    "plants: 10012": Failure(faults=(_code(10012, "plant/list"),), loads=False),
    "devices: empty": Failure(
        faults=(("empty_list", {"path": "device/list"}),), without=DEVICES, back=HOUR
    ),
    "devices: empty, but counted": Failure(
        faults=(("count_mismatch", {"path": "device/list"}),),
        loads=False,
        logs=frozenset({"inventory"}),
    ),
    "devices: 10011": Failure(
        faults=(_code(10011, "device/list"), _code(10011, "device/datalogger/list")),
        loads=False,
        kept=DATALOGGERS,
        logs=frozenset({"inventory"}),
    ),
    "devices: 10011 on one plant": Failure(
        faults=(_code(10011, "device/list", serial=TERRACE),), without=MIN, back=HOUR
    ),
    "data loggers: 10001": Failure(
        faults=(_code(10001, "device/datalogger/list"),),
        without=DATALOGGERS,
        back=HOUR,
    ),
}

# Trouble with one thing.
_ONE: Final = {
    "one device: missing": Failure(
        faults=(
            ("missing", {"serial": B, "path": "new-api/queryLastData"}),
            ("missing", {"serial": B, "path": "device/tlx/tlxs_data"}),
            ("no_data", {"serial": B, "path": "device/tlx/tlx_last_data"}),
        ),
        without=ONE,
        kept=ONE,
        back=AT_ONCE,
    ),
    "one device: V4 refuses": Failure(faults=(_code(12, "new-api/", serial=B),)),
    "one device: all ways refuse": Failure(
        faults=(_code(12, "new-api/", serial=B), _code(10011, "device/", serial=B)),
        without=ONE,
        lost=ONE,
        back=HOUR,
    ),
    "one device: not there": Failure(
        faults=(_code(4, "new-api/", serial=B), _code(10002, "device/", serial=B)),
        without=ONE,
        lost=ONE,
        back=HOUR,
    ),
    "one device: 10001": Failure(
        faults=(_code(1, "new-api/", serial=B), _code(10001, "device/", serial=B)),
        without=ONE,
        kept=ONE,
    ),
    "one plant: http 500": Failure(
        faults=(("http", {"path": "plant/data", "serial": TERRACE}),),
        without=frozenset({TERRACE}),
        kept=frozenset({TERRACE}),
    ),
    "one plant: 10002": Failure(
        faults=(_code(10002, "plant/data", serial=TERRACE),),
        without=frozenset({TERRACE}),
        lost=frozenset({TERRACE}),
        back=AT_ONCE,
    ),
}

FAILURES: Final[Mapping[str, Failure]] = {
    **_EVERYWHERE,
    **_SOMEWHERE,
    **_LISTS,
    **_ONE,
}
