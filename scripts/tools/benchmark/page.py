"""The page `docs/benchmark.md`: what was found, and how it was measured."""

from collections.abc import Iterator, Sequence
from typing import Final

from .figures import Block
from .results import Results
from .rows import MILLI, PROCESSOR, REQUESTS, Row
from .table import HEADINGS, cells, markdown, number

COMPARED: Final = (
    "Requests to set up",
    "Round trips to set up",
    "Time to set up",
    REQUESTS,
    "Event loop per refresh and device",
    PROCESSOR,
    "Calls of threads per refresh",
    "Client sessions opened",
    "Memory",
)
"""What is compared at the top, where the machine hardly matters."""

BEGINNING: Final = """\
# What it costs

This integration beside Home Assistant's own `growatt_server`, with the same token on the same simulated cloud, in one
run of

```bash
scripts/benchmark
```

which takes a few minutes and writes this page and its picture. `--only` measures a part, and writes nothing.

![Bars for both integrations: requests per refresh, time to set up, processor time, added age](images/benchmark.png)

## In short

How many times as much Home Assistant's own takes. Times depend on the machine, these ratios hardly do.
"""

MEANING: Final = """\
## What the rows mean

| Row | What is measured |
| --- | --- |
| Devices shown, states | What there is after set-up, with the entities that are on by default. Home Assistant's own reads the first 20 devices of a plant and no others. |
| Round trips to set up | The longest chain of requests of which each was made after the one before was answered |
| Time to set up | From adding the account until its entities have their states; each answer takes 150 ms |
| Per refresh | All that happens in 25 minutes, which hold 5 refreshes, divided to 5 minutes. Lists that are asked for every hour are not in it. |
| Event loop | Processor time of all callbacks on the event loop |
| Processor time | The same, and that of threads |
| Calls of threads, threads occupied | How often a thread was given something to do, and for how long it was then not there for others. What Home Assistant itself saves is not counted. |
| Client sessions opened | New `aiohttp` or `requests` sessions, beside the one that Home Assistant shares |
| Memory | What the process has more in use after the refreshes than before the account was added, the code of the integration included |
| Longest block | The longest single callback on the event loop, in processor time, without the garbage collection in it |
| Added age | From each upload of the inverter to the cloud until the sensor of its power was written with that upload or a later one; in daylight, as it sleeps at night. Six days, begun at six moments of the five minutes between two uploads. |
"""

METHOD: Final = """\
## How it is measured

- **Two programs for each part:** the simulator, whose work is not counted, and a Home Assistant core with its
  registries and base platforms, without a page and without a recorder. Each integration has its own pair.
- **Time leaps.** The clocks of Home Assistant (`time.time`, `dt_util.utcnow` and that of the event loop) and of the
  simulator go at their usual speed. While no answer and no thread is awaited, both leap to the next timer. So timers,
  pauses and the cloud's limits are the real ones, and a day takes seconds. It is always June.
- **Processor time** is that of the thread (`time.thread_time`), so other programs on the machine do not count. Each
  callback is measured by a wrapper around `asyncio.Handle._run`; the pauses of the garbage collector are told by
  `gc.callbacks`.
- **The library of Home Assistant's own** is led to the simulator by the address in its class. The cloud's limit of five
  minutes is off for it, except for the restart: it asks every five minutes to the millisecond, so chance would decide
  which requests are refused.
- **The restart** is a new core on the files of the one before, a minute after set-up.
- **Goals** are what was aimed at before anything was built. They are printed, whatever comes out.
"""


def page(results: Results) -> str:
    """Return the page about all that was measured."""
    parts = (BEGINNING, _ratios(results), _figures(results), MEANING, METHOD)
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _ratios(results: Results) -> str:
    """Return the table of the ratios."""
    columns = {f"{count} MIN": rows for count, rows in results.rows.items()}
    table = [
        (what, *(_ratio(what, rows) for rows in columns.values())) for what in COMPARED
    ]
    lines = list(markdown(("", *columns), table))
    lines += ["", *_sentences(results)]
    return "\n".join(lines)


def _ratio(what: str, rows: Sequence[Row]) -> str:
    """Return how many times as much Home Assistant's own takes of something."""
    found = next(row for row in rows if row.what == what)
    if found.ratio is None:
        return f"{number(found.theirs)} against {number(found.ours)}"
    return f"{number(found.ratio)} ×"


def _sentences(results: Results) -> Iterator[str]:
    """Yield what is said about restart and age."""
    if results.restart:
        ours, theirs = results.restart.ours, results.restart.theirs
        yield (
            f"- **Restart within five minutes:** {ours.span.asked.requests} requests and "
            f"{ours.states} states against {theirs.span.asked.requests} and "
            f"{theirs.states}."
        )
    if results.day:
        mine, other = results.day.ours, results.day.theirs
        yield (
            f"- **Age that polling adds:** {number(mine.mean)} s with "
            f"{number(mine.requests)} requests a day against {number(other.mean)} s "
            f"with {number(other.requests)}."
        )


def _figures(results: Results) -> str:
    """Return the tables of all figures."""
    lines = ["## All figures", ""]
    for heading, rows in results.sections():
        lines += [f"### {heading}", "", *markdown(HEADINGS, map(cells, rows)), ""]
    if park := results.park:
        lines += [
            "The longest blocks with 1,000 MIN:",
            "",
            f"- set-up: {_block(park.set_up.cost.longest)}",
            f"- a refresh: {_block(park.refresh.cost.longest)}",
        ]
    return "\n".join(lines)


def _block(block: Block) -> str:
    """Return what a block was."""
    return (
        f"{number(round(block.work * MILLI))} ms in `{block.what}`, beside "
        f"{number(round(block.collecting * MILLI))} ms of garbage collection"
    )
