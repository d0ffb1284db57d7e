"""Brand images of the integration, drawn from docs/brand with Debian's Chromium."""

from pathlib import Path
import re
from typing import Final

from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).parents[2]
DRAWINGS: Final = ROOT / "docs/brand"
IMAGES: Final = ROOT / "custom_components/growatt_openapi/brand"
CHROMIUM: Final = "/usr/bin/chromium"
HEIGHTS: Final = {"icon": 256, "logo": 128}
SCALES: Final = {"": 1, "@2x": 2}
VIEW_BOX: Final = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def main() -> None:
    """Draw every image in every size, on a transparent ground."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        for drawing in sorted(DRAWINGS.glob("*.svg")):
            for suffix, scale in SCALES.items():
                width, height = _size(drawing, scale)
                page.set_viewport_size({"width": width, "height": height})
                page.set_content(
                    "<style>body { margin: 0 } svg { display: block; width: 100vw; "
                    f"height: 100vh }}</style>{drawing.read_text('utf-8')}"
                )
                page.screenshot(
                    path=IMAGES / f"{drawing.stem}{suffix}.png", omit_background=True
                )
        browser.close()


def _size(drawing: Path, scale: int) -> tuple[int, int]:
    """Return the width and height of an image in pixels."""
    found = VIEW_BOX.search(drawing.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{drawing.name} needs a viewBox that starts at 0 0")
    width, height = (int(number) for number in found.groups())
    pixels = HEIGHTS[drawing.stem.removeprefix("dark_")] * scale
    return round(width * pixels / height), pixels


if __name__ == "__main__":
    main()
