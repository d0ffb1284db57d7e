"""Counters, as Home Assistant's statistics count them, whatever the cloud shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.growatt_openapi.counters.guard import (
    LONGEST_DOUBT,
    first_count,
    next_count,
)
from custom_components.growatt_openapi.counters.model import Period, Upload

from .counting import STEPS, Shown, World, due, run, stored

SEEDS = st.integers(0, 2**40)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(SEEDS)
def test_lifetime(seed: int) -> None:
    """Test that energy of a lifetime is exact, and never goes down."""
    world = World(seed, lifetime=True)
    if not world.records:
        return
    shown, trace = run(world, "total")
    assert shown.falls == 0
    least, most = due(trace, lifetime=True)
    assert least - 0.01 <= shown.statistics.sum <= most + 0.01


@settings(max_examples=200, deadline=None, derandomize=True)
@given(SEEDS)
def test_day(seed: int) -> None:
    """Test that energy of days is exact, and never goes down."""
    world = World(seed, lifetime=False)
    if not world.records:
        return
    shown, trace = run(world, "today")
    assert shown.falls == 0
    least, most = due(trace, lifetime=False)
    assert least - STEPS <= shown.statistics.sum <= most + STEPS


@settings(max_examples=200, deadline=None, derandomize=True)
@given(SEEDS)
def test_truth_is_not_held_for_long(seed: int) -> None:
    """Test that what is true is believed with the first upload after an hour.

    Of a lifetime only an unusual power can be doubted, and only until it has been seen.
    """
    world = World(seed, lifetime=True, honest=True)
    if not world.records:
        return
    shown = Shown("total", world.largest)
    wall = None
    for at, record in world.polls():
        before = shown.count
        shown.see(record.value, at, record.wall)
        assert shown.count
        if before and before.doubt and shown.count.doubt and record.wall != wall:
            rises = record.value > before.doubt.last
            lasts = at - before.doubt.began >= LONGEST_DOUBT
            assert not (rises and lasts)
        wall = record.wall


def upload(hours: float, value: float, largest: float = 10) -> Upload:
    """Return an upload some hours after a midnight."""
    wall = datetime(2026, 6, 15) + timedelta(hours=hours)  # noqa: DTZ001 - a wall clock
    at = wall.replace(tzinfo=UTC)
    return Upload(value=value, at=at, wall=wall, largest=largest)


def believed(period: Period, *values: tuple[float, float]) -> list[float]:
    """Return what is shown at some hours with some values."""
    count = first_count(upload(*values[0]), period)
    shown = [count.shown]
    for one in values[1:]:
        count = next_count(count, upload(*one), period)
        shown.append(count.shown)
    return shown


def test_new_inverter() -> None:
    """Test that a lifetime that begins at zero is believed after an hour."""
    values = [(0, 5000), (1, 0), (2, 0), (3, 0.5), (3.5, 1)]
    assert believed("total", *values) == [5000, 5000, 5000, 0.5, 1]


def test_used_inverter() -> None:
    """Test that a lifetime that goes on from elsewhere brings what it counts."""
    values = [(0, 5000), (1, 700), (2, 701), (2.5, 701.5)]
    assert believed("total", *values) == [5000, 5000, 5001, 5001.5]


def seen(period: Period, *values: tuple[float, float, bool]) -> list[list[float]]:
    """Return what is shown at some hours, by value and whether all else is zero too."""
    count, shown = None, []
    for hours, value, is_blank in values:
        one = replace(upload(hours, value), is_blank=is_blank)
        count = next_count(count, one, period) if count else first_count(one, period)
        # What is stored says the same.
        count = replace(stored(count), restarted=count.restarted)
        now = [] if count.hidden else [count.shown]
        shown.append([0, *now] if count.restarted else now)
    return shown


def test_zeros_before_a_lifetime() -> None:
    """Test that a lifetime is not counted when zeros come before it."""
    values = [(0, 0, True), (0.1, 0, True), (0.2, 5000, False), (0.3, 5000.1, False)]
    assert seen("total", *values) == [[], [], [5000], [5000.1]]


def test_zeros_of_a_new_device() -> None:
    """Test that what a new device brings in its first minutes is counted."""
    values = [(0, 0, True), (9, 0, True), (9.1, 0.4, False), (9.2, 0.6, False)]
    assert seen("total", *values) == [[], [], [0, 0.4], [0.6]]


def test_zero_beside_what_was_counted() -> None:
    """Test that a zero is believed where something else is above it."""
    assert seen("total", (0, 0, False), (1, 0.1, False)) == [[0], [0.1]]
    assert seen("total", (0, 0, True), (1, 0, False)) == [[], [0]]


def test_zero_of_a_new_month() -> None:
    """Test that a period that begins with zero is believed."""
    assert seen("today", (23, 0, True), (24.1, 0, True)) == [[], [0]]


def test_day_that_stands_still_at_that_of_yesterday() -> None:
    """Test that the energy of yesterday is believed of today after six hours."""
    values = [(12, 3), *((hours, 3) for hours in range(24, 31))]
    count = first_count(upload(*values[0]), "today")
    for one in values[1:]:
        count = next_count(count, upload(*one), "today")
    assert (count.shown, count.restarted) == (3, True)


def test_clock_that_was_wrong() -> None:
    """Test that a clock that was years ahead for a moment does no harm for long."""
    values = [(12, 3), (99999, 0), (13, 3.1), (14, 3.2), (14.1, 3.3)]
    assert believed("today", *values)[-1] == 3.3


@pytest.mark.parametrize(("begin", "pause"), [(24, 2.2), (33, 3)])
def test_yesterday_after_a_pause(begin: float, pause: float) -> None:
    """Test that yesterday's energy is not believed after a zero and a long pause."""
    end = begin + pause
    stale = [(end + minutes / 60, 14.9) for minutes in (0, 5, 60, 70)]
    values = [(12, 15), (begin, 0), *stale, (end + 1.25, 0.2)]
    assert believed("today", *values) == [15, 0, 0, 0, 0, 0, 0.2]


def test_yesterday_before_and_after_a_pause() -> None:
    """Test that a pause does not prove what was doubted before it."""
    values = [(23.9, 3.7), (24.1, 3.7), (32.5, 3.7), (32.6, 3.7)]
    assert believed("today", *values, (32.7, 1.1), (32.8, 1.2))[3:] == [3.7, 3.7, 1.2]


def test_yesterday_after_a_day_with_a_loss() -> None:
    """Test that yesterday's energy is known where Growatt's counter lost some."""
    values = [(12, 10), (12.1, 2), (13.2, 2.1), (24.5, 2.1), (25.6, 2.1), (25.7, 0)]
    assert believed("today", *values) == [10, 10, 10.1, 10.1, 10.1, 0]


def test_upload_that_is_older_than_the_last() -> None:
    """Test that a rise is not believed where the time goes back."""
    last = first_count(upload(17.6, 34.4), "today")
    older = replace(upload(17.5, 34.6), at=last.at + timedelta(hours=7))
    count = next_count(last, older, "today")
    assert count.shown == 34.4
    next_day = next_count(count, upload(30, 0), "today")
    assert (next_day.shown, next_day.before) == (0, 34.4)


@pytest.mark.parametrize("period", ["today", "total"])
def test_clock_that_is_set_back(period: Period) -> None:
    """Test that only one upload is doubted when a clock goes back for good."""
    count = first_count(upload(14.9, 3), period)
    shown = []
    for hours, value in ((14, 3.1), (14.1, 3.2), (14.2, 3.3)):
        one = upload(hours, value)
        count = next_count(count, replace(one, at=one.at + timedelta(hours=1)), period)
        shown.append(count.shown)
    assert shown == [3, 3.2, 3.3]


def test_day_that_is_first_seen_before_sunset() -> None:
    """Test that a day larger than the last is believed where it rises for a while."""
    values = [(40 + minutes / 60, 75 + minutes / 20) for minutes in (0, 5, 10, 15)]
    night = [(40 + minutes / 60, 75.75) for minutes in (30, 55)]
    shown = believed("today", (18, 35), *values, *night, (41, 75.75))
    assert shown == [*[35] * 7, 75.75]


def test_tenfold_after_a_pause() -> None:
    """Test that a pause is no reason to believe more than the usual power brings."""
    values = [(6, 2), (6.1, 2.1), (9.3, 24), (9.4, 2.3)]
    assert believed("today", *values) == [2, 2.1, 2.1, 2.3]


def test_tenfold_after_a_doubt() -> None:
    """Test that a doubted value is not proved by one that is many times as large."""
    values = [(24.5, 0), (24.6, 0.3), (24.7, 3), (24.8, 0.4), (24.9, 0.5)]
    assert believed("today", (20, 9), *values) == [9, 0, 0, 0, 0, 0.5]


def test_usual_power() -> None:
    """Test that what came late does not make a large power usual."""
    values = [(12, 0), (12.1, 3), (12.2, 3.1), (12.3, 5), (12.4, 3.2)]
    assert believed("today", *values) == [0, 0, 3.1, 3.1, 3.2]
