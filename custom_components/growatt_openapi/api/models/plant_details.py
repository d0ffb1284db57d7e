"""The master data of a plant, from plant/details."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from ..values import number, text, wall_clock
from .inventory import Place, Row

# Where the parts of a plant stand, and what their fields begin and end with.
_PARTS: Final = {
    "arrays": ("module_man", "module_md", "num_modules"),
    "dataloggers": ("datalogger_man", "datalogger_md", "datalogger_num"),
    "inverters": ("inverter_man", "inverter_md", "inverter_num"),
    "maxs": ("max_man", "max_md", "max_num"),
}
_ADDRESS: Final = ("address1", "address2", "postal", "state")
_TYPED: Final = frozenset(
    {
        *_ADDRESS,
        *("name", "country", "city", "latitude", "longitude", "create_date"),
        *("timezone", "currency", "peak_power", "plant_type", "user_id"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many there are of one kind of thing, as far as anyone filled it in."""

    maker: str | None
    model: str | None
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantDetails:
    """Master data of a plant."""

    zone: str | None
    """Offset of the plant's clock, such as "GMT+1"."""
    currency: str | None
    peak_power: float | None
    """Peak power in kWp."""
    name: str | None = None
    owner_id: str | None = None
    plant_type: int | None = None
    """One of PlantType, where it was entered."""
    created: date | None = None
    country: str | None = None
    city: str | None = None
    address: tuple[str, ...] = ()
    """The lines of the address that were entered."""
    place: Place | None = None
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    """Modules, data loggers and inverters; only classic inverters and MAX count."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Whatever else was entered, by Growatt's name of it."""

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the details in an answer of plant/details."""
        created = wall_clock(row.get("create_date"))
        plant_type = number(row.get("plant_type"))
        texts = {name: text(value) for name, value in row.items()}
        return cls(
            zone=texts.get("timezone"),
            currency=texts.get("currency"),
            peak_power=number(row.get("peak_power")),
            name=texts.get("name"),
            owner_id=texts.get("user_id"),
            plant_type=None if plant_type is None else int(plant_type),
            created=created and created.date(),
            country=texts.get("country"),
            city=texts.get("city"),
            address=tuple(line for name in _ADDRESS if (line := texts.get(name))),
            place=Place.from_row(row),
            parts={
                kind: parts for kind in _PARTS if (parts := _parts(row.get(kind), kind))
            },
            remarks={
                name: said
                for name, said in texts.items()
                if said is not None and name not in _TYPED
            },
        )


def _parts(rows: object, kind: str) -> tuple[Part, ...]:
    """Return the parts of one kind that a list names."""
    maker, model, count = _PARTS[kind]
    found = []
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            how_many = number(row.get(count))
            found.append(
                Part(
                    maker=text(row.get(maker)),
                    model=text(row.get(model)),
                    count=None if how_many is None else int(how_many),
                )
            )
    return tuple(found)
