"""Draws the same figures as a picture, a table and data: see the tab Files."""

import csv
import json
import struct
import zlib

rain = {"Jan": 61, "Feb": 44, "Mar": 52, "Apr": 38, "May": 57, "Jun": 71, "Jul": 83, "Aug": 79}


def png(path, width, height, pixel):
    """Writes a picture, a function of x and y, without any library."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header))
        file.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


width, height, top = 480, 200, max(rain.values())
values = list(rain.values())


def bar(x, y):
    index, inside = divmod(x, width // len(values))
    is_bar = 8 < inside < 52 and y > height - 8 - values[index] / top * (height - 24)
    return (43, 127, 120) if is_bar else (244, 242, 236)


png("rain.png", width, height, bar)

with open("rain.csv", "w", newline="") as file:
    csv.writer(file).writerows([("month", "millimetres"), *rain.items()])

with open("rain.json", "w") as file:
    json.dump({"unit": "mm", "months": rain, "wettest": max(rain, key=rain.get)}, file, indent=2)

for month, value in rain.items():
    print(f"{month} \x1b[36m{'█' * (value // 3)}\x1b[0m {value}")
