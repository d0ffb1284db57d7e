"""Entry point of the measured program: sets its clock before all other imports."""

from typing import Any

from .clock import Clock
from .task import Task


def perform(task: Task, part: str) -> Any:
    """Return the result of a part of the benchmark; call it in a process of its own."""
    clock = Clock(task.start)
    with clock.everywhere():
        # Modules that are imported from here on take their time from that clock.
        from .measurement import perform_on  # noqa: PLC0415 - see above

        return perform_on(clock, task, part)
