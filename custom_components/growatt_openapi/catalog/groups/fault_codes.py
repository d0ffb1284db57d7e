"""Fault and warning codes, the same for all families that report them.

Codes whose text in the table is only their number again are left out.
"""

from collections.abc import Mapping
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass

from ..blocks import diagnostic, options, sensor
from ..descriptions import GrowattSensor

NONE: Final = {0: "none"}
UNLISTED: Final = "unlisted"

FAULTS: Final = NONE | {
    200: "afci_fault",
    201: "residual_current_high",
    202: "pv_voltage_high",
    203: "pv_insulation_low",
    204: "pv_reversed",
    300: "ac_voltage_out_of_range",
    301: "ac_reversed",
    302: "no_ac_connection",
    303: "neutral_earth_abnormal",
    304: "ac_frequency_out_of_range",
    305: "overload",
    306: "ct_wires_reversed",
    307: "ct_communication_fault",
    308: "ct_communication_timeout",
    309: "frequency_change_fault",
    310: "neutral_earth_fault",
    311: "fail_safe",
    312: "phase_sequence_error",
    313: "generator_abnormal",
    402: "output_dc_current_high",
    500: "bms_communication_fault",
    501: "bms_error",
    502: "battery_voltage_low",
    503: "battery_voltage_high",
    504: "battery_temperature_high",
    505: "battery_reversed",
    506: "battery_open",
    507: "battery_overload",
    508: "bus_2_voltage_abnormal",
    509: "battery_charge_overcurrent",
    510: "battery_discharge_overcurrent",
    511: "battery_soft_start_failed",
    512: "battery_uncontrolled_rectification",
    600: "backup_short_circuit",
    601: "bus_voltage_abnormal",
    602: "ac_port_voltage_abnormal",
    603: "soft_start_failed",
    604: "backup_voltage_abnormal",
    605: "balance_circuit_fault",
    606: "output_dc_voltage_high",
    607: "backup_abnormal",
    608: "off_grid_signal_error",
}
WARNINGS: Final = NONE | {
    200: "pv_string_fault",
    202: "dc_surge_protection",
    203: "pv_short_circuit",
    206: "ac_surge_protection",
    207: "usb_overcurrent",
    208: "dc_fuse_open",
    209: "pv_voltage_high",
    210: "pv_abnormal",
    211: "pv_reversed",
    212: "pv_short_circuit",
    213: "pv_voltage_low",
    217: "battery_converter_abnormal",
    218: "battery_converter_disconnected",
    219: "pid_protection",
    300: "no_ac_connection",
    301: "ac_voltage_out_of_range",
    302: "ac_frequency_out_of_range",
    303: "overload",
    304: "ct_open",
    305: "ct_reversed",
    306: "ct_communication_fault",
    307: "pairing_timeout",
    308: "meter_open",
    309: "meter_reversed",
    310: "neutral_earth_abnormal",
    311: "phase_sequence_error",
    312: "busbar_overload",
    313: "generator_abnormal",
    400: "fan_protection",
    500: "bms_communication_fault",
    501: "battery_open",
    502: "battery_voltage_high",
    503: "battery_voltage_low",
    504: "battery_reversed",
    505: "battery_temperature_sensor_open",
    506: "battery_temperature_out_of_range",
    507: "bms_error",
    508: "battery_overload",
    509: "bms_protection",
    510: "battery_surge_protection",
    600: "output_dc_current_high",
    601: "output_dc_voltage_high",
    602: "backup_voltage_low",
}


def _meaning(
    key: str, fields: tuple[str, ...], states: Mapping[int, str]
) -> GrowattSensor:
    """Return a code in words; there are codes that no one has told the meaning of."""
    return sensor(
        key,
        *fields,
        device_class=SensorDeviceClass.ENUM,
        options=[*options(states), UNLISTED],
        states=states,
        fallback=UNLISTED,
    )


def fault(*fields: str) -> GrowattSensor:
    """Return what the fault code in one of some fields means."""
    return diagnostic(_meaning("fault", fields, FAULTS))


def warning(*fields: str) -> GrowattSensor:
    """Return what the warning code in one of some fields means."""
    return _meaning("warning", fields, WARNINGS)
