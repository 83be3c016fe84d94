"""Draws the sponsor's panel, "ThemeParkWaits.com" in lights: a GIF that ends by itself, and a still PNG.

Run it from the checkout: `python tools/draw_led_display.py`. The letters are our own, 5 x 7 lights each.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

IMAGES = Path(__file__).parent.parent / "frontend" / "assets" / "images"
TEXT = "ThemeParkWaits.com"
LETTERS = {
    "T": ("#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."),
    "h": ("#....", "#....", "#.##.", "##..#", "#...#", "#...#", "#...#"),
    "e": (".....", ".....", ".###.", "#...#", "#####", "#....", ".####"),
    "m": (".....", ".....", "##.#.", "#.#.#", "#.#.#", "#.#.#", "#.#.#"),
    "P": ("####.", "#...#", "#...#", "####.", "#....", "#....", "#...."),
    "a": (".....", ".....", ".###.", "....#", ".####", "#...#", ".####"),
    "r": (".....", ".....", "#.##.", "##..#", "#....", "#....", "#...."),
    "k": ("#....", "#....", "#..#.", "#.#..", "##...", "#.#..", "#..#."),
    "W": ("#...#", "#...#", "#...#", "#.#.#", "#.#.#", "##.##", "#...#"),
    "i": ("#", ".", "#", "#", "#", "#", "#"),
    "t": (".#..", ".#..", "####", ".#..", ".#..", ".#..", "..##"),
    "s": (".....", ".....", ".####", "#....", ".###.", "....#", "####."),
    ".": (".", ".", ".", ".", ".", ".", "#"),
    "c": (".....", ".....", ".####", "#....", "#....", "#....", ".####"),
    "o": (".....", ".....", ".###.", "#...#", "#...#", "#...#", ".###."),
}
PITCH = 8  # pixels from one light to the next, on the screen of 832 x 144; shown at half that
COLUMNS, ROWS = 104, 18
COLOURS = [(18, 26, 51), (36, 48, 84), (245, 166, 35), (25, 181, 172), (255, 107, 87)]
OFF, AMBER, TURQUOISE, CORAL = 1, 2, 3, 4
FRAME_MS, LAST_MS = 120, 600
SWEEP = 8  # columns lit per frame

Lights = dict[tuple[int, int], int]


def word() -> Lights:
    """The name, centred: (column, row) of each lit light -> its colour."""
    width = sum(len(LETTERS[letter][0]) + 1 for letter in TEXT) - 1
    left, top = (COLUMNS - width) // 2, (ROWS - 7) // 2
    lit: Lights = {}
    for letter in TEXT:
        rows = LETTERS[letter]
        for row, line in enumerate(rows):
            lit.update({(left + column, top + row): AMBER for column, mark in enumerate(line) if mark == "#"})
        left += len(rows[0]) + 1
    return lit


def frame(step: int) -> Lights:
    """A row of lamps walks around the edge in two colours."""
    ring = [(column, 1) for column in range(1, COLUMNS - 1)]
    ring += [(COLUMNS - 2, row) for row in range(2, ROWS - 1)]
    ring += [(column, ROWS - 2) for column in range(COLUMNS - 3, 0, -1)]
    ring += [(1, row) for row in range(ROWS - 3, 1, -1)]
    return {
        place: (TURQUOISE if (number + step) % 4 == 0 else CORAL)
        for number, place in enumerate(ring)
        if (number + step) % 2 == 0
    }


def picture(lights: Lights) -> Image.Image:
    image = Image.new("P", (COLUMNS * PITCH // 2, ROWS * PITCH // 2), 0)
    image.putpalette([part for colour in COLOURS for part in colour])
    draw = ImageDraw.Draw(image)
    size = PITCH // 2
    for column in range(COLUMNS):
        for row in range(ROWS):
            left, top = column * size, row * size
            draw.rectangle((left, top, left + size - 2, top + size - 2), fill=lights.get((column, row), OFF))
    return image


def animation() -> list[Image.Image]:
    """The name is switched on from left to right, blinks once and stays."""
    name = word()
    sweeps = [
        {place: colour for place, colour in name.items() if place[0] < end}
        for end in range(0, COLUMNS + SWEEP, SWEEP)
    ]
    blink: list[Lights] = [name] * 6 + [{}] * 2 + [name] * 6 + [{}] * 2 + [name] * 6
    return [picture({**frame(step // 3), **lights}) for step, lights in enumerate([*sweeps, *blink])]


def main() -> None:
    frames = animation()
    still = picture({**frame(0), **word()})
    durations = [FRAME_MS] * len(frames) + [LAST_MS]
    # no `loop`: it plays once, in less than five seconds, and rests on the name
    frames[0].save(
        IMAGES / "led-display.gif",
        save_all=True,
        append_images=[*frames[1:], still],
        duration=durations,
        optimize=True,
    )
    still.save(IMAGES / "led-display.png", optimize=True)


if __name__ == "__main__":
    main()
