#!/usr/bin/env python3
"""Writes the pictures of this folder, and NAME.rgb beside each: what PIL (python3-pil 9.4 on libjpeg-turbo 2.1.5 and libpng 1.6.39) reads
from it as RGB. Run once, by hand: make.py"""
import struct
import zlib

from PIL import Image

W, H = 19, 13


def colour(x, y):
    return (x * 255 // (W - 1), y * 255 // (H - 1), (x * y * 7) % 256 if (x // 4 + y // 4) % 2 else 200)


def picture():
    image = Image.new("RGB", (W, H))
    image.putdata([colour(x, y) for y in range(H) for x in range(W)])
    return image


def smooth(width, height):
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 255 // (width - 1), y * 255 // (height - 1), (x + y) * 255 // (width + height)) for y in range(height) for x in range(width)])
    return image


def keep(name, rgb=None):
    rgb = rgb if rgb is not None else Image.open(name).convert("RGB").tobytes()
    with open(name + ".rgb", "wb") as file:
        file.write(rgb)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(name, depth, colour_type, rows, interlaced=False, extra=b""):
    header = struct.pack(">IIBBBBB", W, H, depth, colour_type, 0, 0, int(interlaced))
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def adam7():
    """The rows of an interlaced RGB picture: seven passes, each a smaller picture (PNG specification, 8.2)."""
    data = b""
    for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        for y in range(y0, H, dy):
            data += b"\0" + b"".join(bytes(colour(x, y)) for x in range(x0, W, dx))
    return data


image = picture()
image.save("colour.jpg", quality=92, subsampling=2)
image.save("progressive.jpg", quality=92, subsampling=0, progressive=True)
image.convert("L").save("grey.jpg", quality=92)
image.convert("CMYK").save("cmyk.jpg", quality=95)
smooth(160, 120).save("large.jpg", quality=85)
for name in ["colour.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg"]:
    keep(name)

image.save("colour.png")
image.convert("L").save("grey.png")
image.convert("1").save("bits.png")
image.quantize(16).save("palette.png")
alpha = image.copy()
alpha.putalpha(image.convert("L"))
alpha.save("alpha.png")
alpha.convert("LA").save("grey-alpha.png")
for name in ["colour.png", "grey.png", "bits.png", "palette.png", "alpha.png", "grey-alpha.png"]:
    keep(name)

raw = image.tobytes()
write_png("interlaced.png", 8, 2, adam7(), interlaced=True)
keep("interlaced.png")
# 16 bits: each sample is 257 times its 8-bit value, so that its upper half is that value, and rounding would give it too.
rows = b"".join(b"\0" + b"".join(bytes([v, v]) for v in raw[y * W * 3:(y + 1) * W * 3]) for y in range(H))
write_png("deep.png", 16, 2, rows)
keep("deep.png", raw)
# A palette with a transparent entry: its colour stays, as with PIL's convert("RGB").
palette = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
indices = b"".join(b"\0" + bytes(sum(((x + k) % 4) << (6 - 2 * k) for k in range(4)) for x in range(0, W, 4)) for y in range(H))
write_png("transparent-palette.png", 2, 3, indices, extra=chunk(b"PLTE", palette) + chunk(b"tRNS", bytes([0, 128])))
keep("transparent-palette.png", b"".join(palette[3 * (x % 4):3 * (x % 4) + 3] for y in range(H) for x in range(W)))
