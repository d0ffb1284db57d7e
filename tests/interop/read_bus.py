"""Reads what hangs on a bus, and a GroBoost; runs in .venv-interop."""

import json
import sys

from growatt_public_api import GrowattApi
from read_all import checked


def main(url: str, token: str, logger: str, boost: str) -> None:
    """Print what hangs on a logger's bus, and a GroBoost, as JSON."""
    api = GrowattApi(token=token, server_url=url, use_cache=False)
    meters = checked(api.datalogger.list_smart_meters(logger)).meters
    stations = checked(api.datalogger.list_env_sensors(logger)).envs
    batch = api.groboost.metrics_multiple(boost)
    read = {
        "listed": [one.model_dump() for one in (*meters, *stations)],
        "meters": [
            checked(api.smart_meter.energy(logger, one.address)).model_dump()
            for one in meters
        ],
        "stations": [
            checked(api.env_sensor.metrics(logger, one.address)).model_dump()
            for one in stations
        ],
        "boost": checked(api.groboost.metrics(boost)).model_dump(),
        "boost_batch": batch.data[0].data.model_dump(),
        "boost_details": checked(api.groboost.details(boost)).model_dump(),
    }
    sys.stdout.write(json.dumps(read, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
