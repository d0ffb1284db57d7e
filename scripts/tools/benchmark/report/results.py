"""Results of the benchmark, by part."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..figures import Day, Measured, Pair, Restarted
from .rows import COMPARED, PARK, Row, rows_of_account, rows_of_day, rows_of_restart


@dataclass(kw_only=True)
class Results:
    """The results of the measured parts."""

    accounts: dict[int, Pair[Measured]] = field(default_factory=dict)
    """By their devices."""
    park: Measured | None = None
    restart: Pair[Restarted] | None = None
    day: Pair[Day] | None = None

    @property
    def rows(self) -> dict[int, list[Row]]:
        """Return the rows of the accounts that both have, by their devices."""
        return {
            count: rows_of_account(count, pair.ours, pair.theirs)
            for count, pair in self.accounts.items()
        }

    @property
    def day_rows(self) -> list[Row]:
        """Return the rows of the day."""
        return rows_of_day(self.day) if self.day else []

    def sections(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield a heading and the rows of each part."""
        for count, rows in self.rows.items():
            yield f"{count} MIN", rows
        if self.park:
            yield f"{PARK:,} MIN in 100 plants", rows_of_account(PARK, self.park, None)
        if self.restart:
            heading = f"Restart a minute after set-up, {COMPARED} MIN"
            yield heading, rows_of_restart(self.restart)
        if self.day:
            yield "A day, 1 MIN", self.day_rows
