"""NEO: micro-inverters with a built-in logger, which the cloud lists as MIN."""

from typing import ClassVar, override

from .min import Min


class Neo(Min):
    """A NEO with a panel on each of two inputs."""

    own_logger: ClassVar = "QMN000"
    model_text: ClassVar = "S07B00D00T00P0FU01M000A"

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"NEO {self.rated}M-X"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 28 V in weak and 36 V in strong light."""
        return (
            round(28 + 16 * tenths / (self.rated * 10) - number / 10, 1)
            if tenths
            else 0.0
        )
