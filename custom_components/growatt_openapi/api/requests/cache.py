"""The answers that serve again for a while, also those that say no."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from ..clocks import DAY, HOUR

type Answer = dict[str, Any]
type Key = tuple[str, tuple[tuple[str, str], ...]]
type Kind = Literal["answers", "refusals"]
type Row = tuple[str, list[Any]]

KINDS: Final[tuple[Kind, ...]] = ("answers", "refusals")


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer, and when it came."""

    at: float
    answer: Answer
    is_personal: bool = False
    """Whether it must not outlive a restart."""


class Answers:
    """The last answer and the last refusal to each question, for a day."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Initialize with a clock in seconds."""
        self._now = now
        self._known: dict[Kind, dict[Key, Remembered]] = {kind: {} for kind in KINDS}
        self._tidied = now()

    def put(
        self, kind: Kind, key: Key, answer: Answer, *, is_personal: bool = False
    ) -> None:
        """Remember an answer; a good one ends a refusal."""
        self._known[kind][key] = Remembered(self._now(), answer, is_personal)
        if kind == "answers":
            self._known["refusals"].pop(key, None)

    def forget(self, is_outdated: Callable[[Key], bool]) -> None:
        """Forget the answers to questions that have a new one."""
        for remembered in self._known.values():
            for key in [key for key in remembered if is_outdated(key)]:
                del remembered[key]

    def answers_of(self, path: str) -> dict[Key, Remembered]:
        """Return the answers of an endpoint to whatever it was asked."""
        known = self._known["answers"]
        return {key: answer for key, answer in known.items() if key[0] == path}

    def put_back(self, key: Key, answer: Remembered) -> None:
        """Remember an answer as old as it is, where none came in the meantime."""
        self._known["answers"].setdefault(key, answer)

    def find(self, key: Key, wanted: Mapping[Kind, float]) -> Answer | None:
        """Return the first kind of answer that is young enough, in seconds."""
        self._tidy()
        for kind, oldest in wanted.items():
            known = self._known[kind].get(key)
            if known and 0 <= self._now() - known.at < oldest:
                return known.answer
        return None

    def rows(self) -> Iterator[Row]:
        """Yield what is remembered, as JSON can hold it."""
        for kind in KINDS:
            for key, known in list(self._known[kind].items()):
                if 0 <= self._now() - known.at < DAY and not known.is_personal:
                    yield kind, [written(key), known.at, known.answer]

    def take_up(self, rows: Mapping[str, list[list[Any]]]) -> Callable[[], None]:
        """Return what takes rows up beside what is newer here.

        Raises TypeError or ValueError where they are none.
        """
        found = {
            kind: {
                read(key): Remembered(float(at), dict(answer))
                for key, at, answer in rows.get(kind, ())
            }
            for kind in KINDS
        }

        def settle() -> None:
            for kind in KINDS:
                self._known[kind] = found[kind] | self._known[kind]

        return settle

    def _tidy(self) -> None:
        """Drop now and then what is of no use to anybody."""
        if 0 <= self._now() - self._tidied < HOUR:
            return
        self._tidied = self._now()
        for remembered in self._known.values():
            for key, known in list(remembered.items()):
                if not 0 <= self._now() - known.at < DAY:
                    del remembered[key]


def written(key: Key) -> list[Any]:
    """Return a question as JSON can hold it."""
    path, params = key
    return [path, dict(params)]


def read(row: Any) -> Key:
    """Return a question from JSON."""
    path, params = row
    return str(path), tuple(sorted((str(k), str(v)) for k, v in params.items()))
