"""Sets an account up with growatt-public-api and prints it; runs in .venv-interop."""

from datetime import date
import json
import sys

from growatt_public_api import GrowattApi
from growatt_public_api.pydantic_models.api_model import ApiModel


def checked(response: ApiModel) -> ApiModel:
    """Return a successful answer."""
    if response.error_code != 0:
        raise SystemExit(f"{type(response).__name__}: {response.error_code}")
    return response


def set_up(api: GrowattApi, logger: str, code: str) -> dict[str, object]:
    """Register a user, a plant and a data logger, and return what is told of them."""
    free = api.user.check_username("anna").username_available
    registered = api.user.register(
        username="anna",
        password="secret",
        email="anna@example.org",
        country="Germany",
        installer_code="SIM01",
    )
    user = checked(registered).data.c_user_id
    checked(api.user.modify(user, "0100", "SIM01"))
    added = api.plant.add(
        user,
        "Anna's Roof",
        6.8,
        country="Austria",
        installer_code="SIM01",
        currency="CHF",
        latitude=47.5,
        longitude=11.25,
        timezone=2,
        plant_type=1,
        create_date=date(2020, 2, 29),
        price_per_kwh=0.3,
        city="Innsbruck",
        address="Alley 3",
    )
    plant = checked(added).data.plant_id
    checked(api.plant.modify(user, plant, "Anna's Barn", peak_kw=9.5))
    checked(api.datalogger.validate(logger, code))
    checked(api.plant.add_datalogger(user, plant, logger))
    again = api.datalogger.validate(logger, code)
    return {
        "free": [free, api.user.check_username("anna").username_available],
        "users": [one.model_dump() for one in checked(api.user.list()).data.users],
        "plants": [
            one.model_dump()
            for one in checked(api.plant.list_by_user("anna")).data.plants
        ],
        "details": checked(api.plant.details(plant)).data.model_dump(),
        "plant": plant,
        "user": user,
        "again": again.error_code,
    }


def look_back(api: GrowattApi, plant: str, device: str, day: str) -> dict[str, object]:
    """Return what is told of a plant that has reported, and of a device in it."""
    today = date.fromisoformat(day)
    history = {
        unit: [
            one.model_dump()
            for one in checked(
                api.plant.energy_history(plant, today, today, unit)
            ).data.energys
        ]
        for unit in ("day", "month", "year")
    }
    powers = checked(api.plant.power(plant, today)).data.powers
    created = checked(api.device.create_date([device])).data[device]
    return {
        "history": history,
        "powers": [one.power for one in powers],
        "logger": checked(api.device.get_datalogger(device)).data.datalogger_sn,
        "plant": checked(api.device.get_plant(device)).data.plant.plant_id,
        "created": created.model_dump(),
    }


def take_away(
    api: GrowattApi, user: str, plant: str, logger: str, device: str
) -> dict[str, object]:
    """Take all away again but for a device added by its serial, then that too."""
    checked(api.plant.remove_datalogger(plant, logger))
    checked(api.plant.add_device(plant, [device], user))
    checked(api.plant.delete(plant))
    return {"left": len(checked(api.plant.list()).data.plants)}


STEPS = {"set_up": set_up, "look_back": look_back, "take_away": take_away}


def main(url: str, token: str, step: str, *about: str) -> None:
    """Print what a step brings, as JSON."""
    api = GrowattApi(token=token, server_url=url, use_cache=False)
    sys.stdout.write(json.dumps(STEPS[step](api, *about), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
