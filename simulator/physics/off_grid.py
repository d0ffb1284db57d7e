"""Off-grid home: an inverter feeds the house alone, with mains at its input."""

from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import override

from .flows import Flows
from .home import EFFICIENCY, Battery, Home
from .panels import PvString


class OffGridHome(Home):
    """The household; mains or a generator helps where the battery is empty.

    In a slot for which panels and battery do not suffice, the input feeds the house and
    the panels charge the battery. Nothing is exported: the panels are curtailed to what
    house and battery take.
    """

    @override
    def _powers(self, strings: list[int], load: int, stored: int) -> Flows:
        """Return the powers of a slot; ac is the load that the inverter covers."""
        pv = sum(strings)
        wanted = -(-load * 100 // self._efficiency)
        charged, discharged = self._slot(pv, load, stored)
        made = pv + discharged >= wanted
        if not made:
            charged, discharged = self._slot(pv, 0, stored)
        taken = charged + (wanted - discharged if made else 0)
        return Flows(
            ac=load if made else 0,
            load=load,
            imported=0 if made else load,
            charged=charged,
            discharged=discharged,
            strings=_curtailed(strings, taken),
        )


def _curtailed(strings: list[int], taken: int) -> tuple[int, ...]:
    """Return the powers of strings, reduced to a sum."""
    most = max(sum(strings), 1)
    ends = [part * taken // most for part in accumulate(strings, initial=0)]
    return tuple(end - begin for begin, end in pairwise(ends))


@lru_cache(maxsize=16)
def off_grid_home(
    panels: tuple[PvString, ...], battery: Battery, seed: str, start: date
) -> OffGridHome:
    """Return a household, cached since its past takes time to simulate."""
    return OffGridHome(panels, battery, seed, start, EFFICIENCY)
