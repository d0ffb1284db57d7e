"""Reads everything with growatt-public-api and prints it; runs in .venv-interop."""

import json
import sys

from growatt_public_api import GrowattApi
from growatt_public_api.pydantic_models.api_model import ApiModel


def checked(response: ApiModel) -> ApiModel:
    """Return the data of a successful answer."""
    if response.error_code != 0:
        raise SystemExit(f"{type(response).__name__}: {response.error_code}")
    return response.data


def devices_of(api: GrowattApi, plant_id: int) -> dict[str, dict[str, object]]:
    """Return what the library reads about each device of a plant."""
    rows = checked(api.plant.list_devices(plant_id)).devices
    families = {1: api.inverter, 4: api.max, 5: api.sph, 6: api.spa, 7: api.min}
    result = {}
    # A MAX is listed as type 1 first, and then as type 4.
    for serial, kind in {row.device_sn: row.type for row in rows}.items():
        if kind not in families:
            continue
        family = families[kind]
        result[serial] = {
            "type": kind,
            "live": checked(family.energy(serial)).model_dump(),
            "batch": family.energy_multiple(serial).data[0].data.model_dump(),
            "v4": checked(family.energy_v4(serial)).devices[0].model_dump(),
            "details": checked(family.details(serial)).model_dump(),
            "v4_details": checked(family.details_v4(serial)).devices[0].model_dump(),
            "check": api.device.type_info(serial).model_dump(),
        }
    return result


def main(url: str, token: str) -> None:
    """Print plants, devices and loggers as JSON."""
    api = GrowattApi(token=token, server_url=url, use_cache=False)
    plants = {}
    for plant in checked(api.plant.list()).plants:
        plants[plant.plant_id] = {
            "details": checked(api.plant.details(plant.plant_id)).model_dump(),
            "totals": checked(api.plant.energy_overview(plant.plant_id)).model_dump(),
            "devices": devices_of(api, plant.plant_id),
            "loggers": [
                logger.datalogger_sn
                for logger in checked(
                    api.plant.list_dataloggers(plant.plant_id)
                ).dataloggers
            ],
        }
    listed = [row.device_sn for row in checked(api.device.list(page=1)).data]
    sys.stdout.write(json.dumps({"plants": plants, "v4": listed}, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
