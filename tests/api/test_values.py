"""Values of Growatt: numbers, texts, flags, and times."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
import math
import struct
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.growatt_openapi.api.values import (
    LARGEST,
    NOT_PRESENT_NARROW,
    flag,
    instant,
    number,
    text,
    wall_clock,
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
# Up to six digits in all, up to six of them behind the point.
short_decimals = st.builds(
    lambda digits, places: float(Decimal(digits).scaleb(-places)),
    st.integers(-999_999, 999_999),
    st.integers(0, 6),
)
ordinary = st.floats(0, LARGEST, exclude_max=True).filter(
    lambda value: value not in NOT_PRESENT_NARROW
)


def single(value: float) -> float:
    """Return a number after its stay in single precision."""
    found: float = struct.unpack("f", struct.pack("f", value))[0]
    return found


@given(short_decimals.filter(lambda value: value not in NOT_PRESENT_NARROW))
def test_single_precision_leaves_no_trace(value: float) -> None:
    """Test that a decimal comes back from single precision as it went in."""
    assert number(single(value), signed=True) == value
    assert number(str(single(value)), signed=True) == value


@pytest.mark.parametrize(
    ("wire", "meant"),
    [
        (9.300000190734863, 9.3),
        (49.97999954223633, 49.98),
        ("4821.7", 4821.7),
        (" 12 ", 12),
        ("0", 0),
        (0, 0),
        (123456.703125, 123456.7),
        (0.1 + 0.2, 0.1 + 0.2),
        (1e-12, 1e-12),
        (1.5e14 + 0.5, 1.5e14 + 0.5),
        (3.5e38, None),
    ],
)
def test_number(wire: float | str, meant: float | None) -> None:
    """Test numbers as Growatt writes them."""
    assert number(wire) == meant


@given(ordinary)
def test_number_stays_close(value: float) -> None:
    """Test that cleaning changes nothing that single precision could tell apart."""
    assert number(value) == pytest.approx(value, rel=1e-6, abs=0)


@pytest.mark.parametrize("wire", [-1, -0.1, -0.10000000149011612, -0.001, "-1"])
def test_negative_is_not_present(wire: float | str) -> None:
    """Test that a quantity that is never negative has no value below zero."""
    assert number(wire) is None
    assert number(wire, signed=True) == pytest.approx(float(wire))


@pytest.mark.parametrize("wire", [6553.5, 65535, "6553.5", "65535", 65535.0])
def test_all_bits_of_a_narrow_register(wire: float | str) -> None:
    """Test that all bits of a 16-bit register mean that there is nothing."""
    assert number(wire) is None
    assert number(wire, signed=True) is None
    assert number(wire, wide=True) == float(wire)


@pytest.mark.parametrize("wire", [429496729.5, 4294967295, "4294967295"])
def test_all_bits_of_a_wide_register(wire: float | str) -> None:
    """Test that all bits of a 32-bit register mean that there is nothing."""
    assert number(wire) is None
    assert number(wire, wide=True) is None


@given(st.integers(-32767, 32767))
def test_wrap_is_undone(value: int) -> None:
    """Test that a negative number that wrapped at 16 bits comes back."""
    assert number(value % 65536, signed=True, wide=True, wraps=65536) == value


@pytest.mark.parametrize(("wire", "meant"), [(65451, -85), (6545.1, -8.5)])
def test_wrap_of_tenths(wire: float, meant: float) -> None:
    """Test that the wrap may be at 65536 units or tenths."""
    span = 65536 if isinstance(wire, int) else 6553.6
    assert number(wire, signed=True, wraps=span) == meant
    assert number(wire, wraps=span) is None


@given(
    value=json_values,
    signed=st.booleans(),
    wide=st.booleans(),
    wraps=st.none() | st.just(65536.0),
)
def test_number_of_anything(
    *, value: Any, signed: bool, wide: bool, wraps: float | None
) -> None:
    """Test that anything gives a finite number or none, and never an error."""
    found = number(value, signed=signed, wide=wide, wraps=wraps)
    if found is not None:
        assert math.isfinite(found)
        assert signed or found >= 0
        assert abs(found) < LARGEST


@pytest.mark.parametrize(
    "wire",
    [None, True, False, "", "null", "--", "1_000", "nan", "inf", "1e999", [], {}, [1]],
)
def test_no_number(wire: Any) -> None:
    """Test what holds no number at all."""
    assert number(wire) is None


@given(st.integers(min_value=10**15) | st.sampled_from([math.inf, math.nan, 1e15]))
def test_absurd_number(value: float) -> None:
    """Test that no counter is believed that ran for a million years."""
    assert number(value) is None
    assert number(-value, signed=True) is None


@pytest.mark.parametrize(
    ("wire", "meant"),
    [
        ("Growatt   ", "Growatt"),
        ("ZBDC\0\0\0\0", "ZBDC"),
        ("\0\0", None),
        ("", None),
        ("null", None),
        ("NULL", None),
        ("-", None),
        (" ", None),
        (None, None),
        ([], None),
        ({"a": 1}, None),
        (3120501, "3120501"),
        ("0", "0"),
    ],
)
def test_text(wire: Any, meant: str | None) -> None:
    """Test texts as Growatt pads and empties them."""
    assert text(wire) == meant


@given(json_values)
def test_text_of_anything(value: Any) -> None:
    """Test that a text is never empty, padded or an error."""
    found = text(value)
    assert found is None or (found and found == found.strip() and "\0" not in found)


@pytest.mark.parametrize(
    ("wire", "meant"),
    [
        (True, True),
        (1, True),
        (1.0, True),
        ("1", True),
        ("true", True),
        (False, False),
        (0, False),
        (0.0, False),
        ("0", False),
        ("false", False),
        (None, None),
        ("", None),
        ("yes", None),
        (2, None),
        (-1, None),
        ([], None),
        ({}, None),
    ],
)
def test_flag(*, wire: Any, meant: bool | None) -> None:
    """Test yes and no as Growatt writes them."""
    assert flag(wire) is meant


@given(json_values)
def test_flag_of_anything(value: Any) -> None:
    """Test that anything is yes, no or neither."""
    assert flag(value) in {True, False, None}


@pytest.mark.parametrize(
    ("wire", "meant"),
    [
        ("2025-06-14 12:35:21", datetime(2025, 6, 14, 12, 35, 21)),  # noqa: DTZ001 - a wall clock
        ("2021-06-29 12:02:46.0", datetime(2021, 6, 29, 12, 2, 46)),  # noqa: DTZ001 - a wall clock
        ("", None),
        ("null", None),
        ("2025-02-30 00:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01 00:00:00", None),
        ("9999-12-31 23:59:59", None),
        ("yesterday", None),
        (None, None),
        ({"time": 1}, None),
    ],
)
def test_wall_clock(wire: Any, meant: datetime | None) -> None:
    """Test times on the wall clock of a plant."""
    assert wall_clock(wire) == meant


@given(st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)))  # noqa: DTZ001 - a wall clock
def test_wall_clock_comes_back(moment: datetime) -> None:
    """Test that each time comes back to the second."""
    assert wall_clock(f"{moment:%Y-%m-%d %H:%M:%S}") == moment.replace(microsecond=0)


@given(json_values)
def test_wall_clock_of_anything(value: Any) -> None:
    """Test that anything is a time without a zone or none."""
    found = wall_clock(value)
    assert found is None or found.tzinfo is None


@given(st.datetimes(datetime(1970, 1, 2), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds have none
def test_instant_comes_back(moment: datetime) -> None:
    """Test that milliseconds since 1970 are an instant in UTC."""
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    )
    found = instant(milliseconds)
    assert found is not None
    assert abs(found - moment) <= timedelta(milliseconds=2)


@pytest.mark.parametrize("wire", [0, "", None, -1, 9e14, {}, "null"])
def test_no_instant(wire: Any) -> None:
    """Test what is no instant."""
    assert instant(wire) is None


@given(json_values)
def test_instant_of_anything(value: Any) -> None:
    """Test that anything is an instant in UTC or none."""
    found = instant(value)
    assert found is None or found.tzinfo is UTC
