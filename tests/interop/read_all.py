"""Reads everything with growatt-public-api and prints it; runs in .venv-interop."""

import json
import sys

from growatt_public_api import GrowattApi
from growatt_public_api.pydantic_models.api_model import ApiModel

STORAGE = 2
"""The type without batches in V1, and of whose live data the library's model is wrong.

It takes the text `pacToUserText`, such as "192.9 W", for a number.
"""


def checked(response: ApiModel) -> ApiModel:
    """Return the data of a successful answer."""
    if response.error_code != 0:
        raise SystemExit(f"{type(response).__name__}: {response.error_code}")
    return response.data


def devices_of(api: GrowattApi, plant_id: int) -> dict[str, dict[str, object]]:
    """Return what the library reads about each device of a plant."""
    rows = checked(api.plant.list_devices(plant_id)).devices
    families = {1: api.inverter, 4: api.max, 5: api.sph, 6: api.spa, 7: api.min}
    families[STORAGE] = api.storage
    # Neither in batches nor through V4.
    one_by_one = {8: api.pcs, 9: api.hps, 10: api.pbd}
    result = {}
    # A MAX is listed as type 1 first, and then as type 4.
    for serial, kind in {row.device_sn: row.type for row in rows}.items():
        if family := one_by_one.get(kind):
            result[serial] = {
                "type": kind,
                "live": checked(family.energy(serial)).model_dump(),
                "details": checked(family.details(serial)).model_dump(),
                "check": api.device.type_info(serial).model_dump(),
            }
        if kind not in families:
            continue
        family = families[kind]
        result[serial] = {
            "type": kind,
            "v4": checked(family.energy_v4(serial)).devices[0].model_dump(),
            "details": checked(family.details(serial)).model_dump(),
            "v4_details": checked(family.details_v4(serial)).devices[0].model_dump(),
            "check": api.device.type_info(serial).model_dump(),
        }
        if kind != STORAGE:
            batch = family.energy_multiple(serial).data[0].data
            result[serial] |= {
                "live": checked(family.energy(serial)).model_dump(),
                "batch": batch.model_dump(),
            }
    return result


def only_in_v4(api: GrowattApi, rows: list[ApiModel]) -> dict[str, dict[str, object]]:
    """Return what the library reads about devices that V1 does not list."""
    families = {"noah": api.noah, "wit": api.wit, "sph-s": api.sphs}
    return {
        row.device_sn: {
            "type": row.device_type,
            "v4": checked(family.energy_v4(row.device_sn)).devices[0].model_dump(),
            "v4_details": checked(family.details_v4(row.device_sn))
            .devices[0]
            .model_dump(),
            "check": api.device.type_info(row.device_sn).model_dump(),
        }
        for row in rows
        if (family := families.get(row.device_type))
    }


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
    rows = checked(api.device.list(page=1)).data
    listed = [row.device_sn for row in rows]
    read = {"plants": plants, "v4": listed, "only_v4": only_in_v4(api, rows)}
    sys.stdout.write(json.dumps(read, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
