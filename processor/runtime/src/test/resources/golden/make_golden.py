"""Makes the golden files in this folder; README.md says what is in them and with which versions they were made."""
import io
import pathlib
import struct
import sys
import zlib

import cv2
import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

HERE = pathlib.Path(__file__).parent
DECODE = HERE / "decode"
RESIZE = HERE / "resize"
TENSORFLOW = HERE / "decode-tensorflow"
DEEP = HERE / "decode-deep"


def picture(width, height, seed=7):
    """Smooth colours, sharp edges and a little noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([x / width * 255, y / height * 255, 128 + 100 * np.sin(x / 3.0 + y / 5.0)], -1)
    rgb[height // 4 : height // 2, width // 5 : width // 2] = (255, 240, 10)
    rgb[:, width * 3 // 4] = (0, 0, 0)
    rgb[height * 2 // 3, :] = (20, 30, 250)
    return np.clip(rgb + rng.normal(0, 6, rgb.shape), 0, 255).astype(np.uint8)


def decoded(name, data, expected=None):
    """Writes an encoded file, and what Pillow makes of it."""
    (DECODE / name).write_bytes(data)
    if expected is None:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        expected = np.asarray(image.convert("RGB"))
    np.save(DECODE / (name + ".npy"), expected)


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def without_segment(jpeg, marker):
    at = jpeg.index(bytes([0xFF, marker]))
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


def jpegs():
    rgb = Image.fromarray(picture(41, 27))
    high = dict(quality=90)
    for name, sampling in ("444", 0), ("422", 1), ("420", 2):
        decoded(f"jpeg-{name}.jpg", saved(rgb, "JPEG", subsampling=sampling, **high))
    decoded("jpeg-progressive.jpg", saved(rgb, "JPEG", progressive=True, **high))
    decoded("jpeg-restarts.jpg", saved(rgb, "JPEG", restart_marker_blocks=2, **high))
    decoded("jpeg-grey.jpg", saved(rgb.convert("L"), "JPEG", **high))
    decoded("jpeg-rgb.jpg", saved(rgb, "JPEG", keep_rgb=True, **high))
    coloured = saved(rgb, "JPEG", keep_rgb=True, **high)
    decoded("jpeg-rgb-by-names-of-channels.jpg", without_segment(coloured, 0xEE))
    jfif = bytes.fromhex("ffe000104a46494600010100000100010000")
    decoded("jpeg-jfif-before-adobe.jpg", coloured[:2] + jfif + coloured[2:])
    cmyk = saved(rgb.convert("CMYK"), "JPEG", **high)
    decoded("jpeg-cmyk.jpg", cmyk)
    adobe = cmyk.index(b"Adobe")
    decoded("jpeg-ycck.jpg", cmyk[: adobe + 11] + b"\x02" + cmyk[adobe + 12 :])
    plain = saved(rgb, "JPEG", subsampling=0, **high)
    decoded("jpeg-no-jfif.jpg", without_segment(plain, 0xE0))
    decoded("jpeg-trailing-bytes.jpg", plain + b"motion photo")
    decoded("jpeg-stray-byte.jpg", plain[:-2] + b"\x00\x11" + plain[-2:])
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    profile = profile[:24] + bytes(12) + profile[36:]  # the date
    decoded("jpeg-icc.jpg", saved(rgb, "JPEG", icc_profile=profile, **high))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        small = Image.fromarray(picture(20, 12))
        decoded(f"jpeg-exif-{orientation}.jpg", saved(small, "JPEG", subsampling=0, exif=exif, **high))


def pngs():
    rgb = Image.fromarray(picture(23, 14))
    alpha = Image.fromarray(np.linspace(0, 255, 23 * 14).reshape(14, 23).astype(np.uint8))
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    grey = rgb.convert("L")
    decoded("png-rgb.png", saved(rgb, "PNG"))
    decoded("png-rgba.png", saved(rgba, "PNG"), np.asarray(rgb))
    decoded("png-grey.png", saved(grey, "PNG"))
    decoded("png-grey-alpha.png", saved(Image.merge("LA", (grey, alpha)), "PNG"))
    decoded("png-rgb-transparent-colour.png", saved(rgb, "PNG", transparency=(255, 240, 10)))
    for bits in 1, 2, 4, 8:
        palette = rgb.quantize(2**bits)
        decoded(f"png-palette-{bits}.png", saved(palette, "PNG", bits=bits))
        levels = np.asarray(grey) >> (8 - bits)
        decoded(f"png-grey-{bits}.png", grey_png(levels, bits), None)
    decoded("png-palette-transparent.png", saved(rgb.quantize(16), "PNG", transparency=3))
    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", (100000).to_bytes(4, "big"))
    decoded("png-gamma.png", saved(rgb, "PNG", pnginfo=info))
    exif = Image.Exif()
    exif[0x0112] = 6
    decoded("png-exif-6.png", saved(rgb, "PNG", exif=exif))
    # 16 bits: the upper byte, as TensorFlow (and Pillow, for colour) takes it
    deep = np.random.default_rng(3).integers(0, 65536, (14, 23, 3), dtype=np.uint16)
    data = cv2.imencode(".png", deep[:, :, ::-1])[1].tobytes()
    decoded("png-rgb-16.png", data, tf.io.decode_png(data, channels=3).numpy())
    data = cv2.imencode(".png", deep[:, :, 0])[1].tobytes()
    decoded("png-grey-16.png", data, tf.io.decode_png(data, channels=3).numpy())


def grey_png(levels, bits):
    height, width = levels.shape
    rows = b""
    for row in levels:
        text = "".join(format(v, f"0{bits}b") for v in row)
        text += "0" * (-len(text) % 8)
        rows += b"\0" + int(text, 2).to_bytes(len(text) // 8, "big")

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def bmps():
    rgb = Image.fromarray(picture(23, 14))
    decoded("bmp-24.bmp", saved(rgb, "BMP"))
    decoded("bmp-palette-8.bmp", saved(rgb.quantize(200), "BMP"))
    decoded("bmp-grey.bmp", saved(rgb.convert("L"), "BMP"))
    decoded("bmp-1.bmp", saved(rgb.convert("1"), "BMP"))
    plain = saved(rgb, "BMP")
    height = struct.unpack_from("<i", plain, 22)[0]
    stride = (23 * 3 + 3) // 4 * 4
    rows = [plain[54 + i * stride : 54 + (i + 1) * stride] for i in range(height)]
    decoded("bmp-top-down.bmp", plain[:22] + struct.pack("<i", -height) + plain[26:54] + b"".join(rows[::-1]))
    pixels = picture(24, 14).astype(np.uint32)[::-1]
    r, g, b = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    for name, masks, words in (
        ("bmp-555", None, (r >> 3) << 10 | (g >> 3) << 5 | (b >> 3)),
        ("bmp-565", (0xF800, 0x7E0, 0x1F), (r >> 3) << 11 | (g >> 2) << 5 | (b >> 3)),
    ):
        data = words.astype("<u2").tobytes()
        extra = b"" if masks is None else struct.pack("<3I", *masks)
        offset = 54 + len(extra)
        header = struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset)
        header += struct.pack("<IiiHHIIiiII", 40, 24, 14, 1, 16, 0 if masks is None else 3, len(data), 0, 0, 0, 0)
        decoded(name + ".bmp", header + extra + data)
    indices = np.asarray(Image.fromarray(picture(24, 14)).quantize(4))
    data = b""
    for row in indices[::-1]:
        for value in row:
            data += bytes([1, value])
        data += b"\0\0"
    data += b"\0\1"
    palette = bytes([10, 20, 200, 0, 250, 0, 30, 0, 90, 160, 90, 0, 255, 255, 255, 0])
    offset = 54 + len(palette)
    header = struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset)
    header += struct.pack("<IiiHHIIiiII", 40, 24, 14, 1, 8, 1, len(data), 0, 0, 4, 4)
    decoded("bmp-rle8.bmp", header + palette + data)


def gifs():
    rgb = Image.fromarray(picture(23, 14))
    decoded("gif-plain.gif", saved(rgb, "GIF"))
    decoded("gif-not-interlaced.gif", saved(rgb, "GIF", interlace=0))
    decoded("gif-grey.gif", saved(rgb.convert("L"), "GIF"))
    second = Image.fromarray(picture(23, 14, seed=8))
    decoded("gif-animated.gif", saved(rgb, "GIF", save_all=True, append_images=[second]))
    small = saved(rgb.quantize(16), "GIF", interlace=0)
    moved = bytearray(small)
    moved[6:10] = struct.pack("<HH", 30, 20)
    frame = moved.index(b"\x2c" + struct.pack("<HHHH", 0, 0, 23, 14))
    moved[frame + 1 : frame + 5] = struct.pack("<HH", 4, 3)
    decoded("gif-on-canvas.gif", bytes(moved))
    control = b"\x21\xf9\x04\x01\x00\x00\x05\x00"
    decoded("gif-on-canvas-transparent.gif", bytes(moved[:frame]) + control + bytes(moved[frame:]))


def webps():
    rgb = Image.fromarray(picture(41, 27))
    alpha = Image.fromarray(np.linspace(0, 255, 41 * 27).reshape(27, 41).astype(np.uint8))
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    for quality in 10, 60, 95:
        decoded(f"webp-lossy-{quality}.webp", saved(rgb, "WEBP", quality=quality, method=quality // 15))
    decoded("webp-lossy-even.webp", saved(Image.fromarray(picture(64, 48)), "WEBP", quality=80))
    decoded("webp-lossy-1x1.webp", saved(Image.fromarray(picture(1, 1)), "WEBP"))
    decoded("webp-lossy-17x2.webp", saved(Image.fromarray(picture(17, 2)), "WEBP", quality=90))
    decoded("webp-lossy-alpha.webp", saved(rgba, "WEBP", quality=80))
    decoded("webp-lossless.webp", saved(rgb, "WEBP", lossless=True))
    decoded("webp-lossless-alpha.webp", saved(rgba, "WEBP", lossless=True, exact=True))
    for colours in 2, 4, 16, 200:
        few = rgb.quantize(colours).convert("RGB")
        decoded(f"webp-lossless-palette-{colours}.webp", saved(few, "WEBP", lossless=True, method=6))
    exif = Image.Exif()
    exif[0x0112] = 6
    decoded("webp-exif-6.webp", saved(rgb, "WEBP", lossless=True, exif=exif))
    second = Image.fromarray(picture(41, 27, seed=8))
    decoded("webp-animated.webp", saved(rgb, "WEBP", save_all=True, append_images=[second], lossless=True))
    frame = saved(rgb, "WEBP", quality=80)[12:]

    def chunk(kind, data):
        return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    def three(*numbers):
        return b"".join(struct.pack("<I", n)[:3] for n in numbers)

    chunks = chunk(b"VP8X", struct.pack("<I", 2) + three(59, 39)) + chunk(b"ANIM", bytes(6))
    chunks += chunk(b"ANMF", three(3, 5, 40, 26, 100) + b"\0" + frame)
    decoded("webp-animated-on-canvas.webp", b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks)


def tiff(tags, pieces, order="<", big=False):
    """A TIFF of one page: its fields by number, the data of its strips (or tiles, if there is a field 322)."""
    tiles = 322 in tags
    header = 16 if big else 8
    data, offsets = b"", []
    for piece in pieces:
        offsets.append(header + len(data))
        data += piece + b"\0" * (len(piece) % 2)
    tags = dict(tags)
    tags[324 if tiles else 273] = offsets
    tags[325 if tiles else 279] = [len(piece) for piece in pieces]
    slot = 8 if big else 4
    directory = header + len(data)
    beyond = directory + (8 if big else 2) + len(tags) * (4 + 2 * slot) + slot
    entries, values = b"", b""
    for tag in sorted(tags):
        value = tags[tag] if isinstance(tags[tag], (list, bytes)) else [tags[tag]]
        isLong = tag in (273, 279, 324, 325)
        kind = 7 if isinstance(value, bytes) else 4 if isLong else 3
        raw = value if kind == 7 else struct.pack(order + str(len(value)) + ("I" if isLong else "H"), *value)
        entries += struct.pack(order + ("HHQ" if big else "HHI"), tag, kind, len(value))
        if len(raw) <= slot:
            entries += raw.ljust(slot, b"\0")
        else:
            entries += struct.pack(order + ("Q" if big else "I"), beyond + len(values))
            values += raw + b"\0" * (len(raw) % 2)
    mark = b"II" if order == "<" else b"MM"
    if big:
        start = mark + struct.pack(order + "HHHQ", 43, 8, 0, directory)
        count = struct.pack(order + "Q", len(tags))
    else:
        start = mark + struct.pack(order + "HI", 42, directory)
        count = struct.pack(order + "H", len(tags))
    return start + data + count + entries + bytes(slot) + values


def tiffs():
    pixels = picture(23, 14)
    rgb = Image.fromarray(pixels)
    grey = rgb.convert("L")
    alpha = Image.fromarray(np.linspace(0, 255, 23 * 14).reshape(14, 23).astype(np.uint8))
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    predicted = {317: 2, 278: 5}
    decoded("tiff-rgb.tif", saved(rgb, "TIFF"))
    decoded("tiff-rgb-lzw.tif", saved(rgb, "TIFF", compression="tiff_lzw"))
    noise = np.random.default_rng(5).integers(0, 256, (60, 61, 3), dtype=np.uint8)
    decoded("tiff-rgb-lzw-long.tif", saved(Image.fromarray(noise), "TIFF", compression="tiff_lzw"))
    decoded("tiff-rgb-lzw-differences.tif", saved(rgb, "TIFF", compression="tiff_lzw", tiffinfo=predicted))
    decoded("tiff-rgb-deflate-differences.tif", saved(rgb, "TIFF", compression="tiff_adobe_deflate", tiffinfo=predicted))
    decoded("tiff-rgb-packbits.tif", saved(rgb.quantize(3).convert("RGB"), "TIFF", compression="packbits"))
    larger = Image.fromarray(picture(41, 27))
    decoded("tiff-jpeg.tif", saved(larger, "TIFF", compression="jpeg", quality=90))
    decoded("tiff-jpeg-strips.tif", saved(larger, "TIFF", compression="jpeg", quality=90, tiffinfo={278: 16}))
    decoded("tiff-jpeg-grey.tif", saved(larger.convert("L"), "TIFF", compression="jpeg", quality=90))
    decoded("tiff-grey.tif", saved(grey, "TIFF"))
    decoded("tiff-grey-lzw-differences.tif", saved(grey, "TIFF", compression="tiff_lzw", tiffinfo=predicted))
    decoded("tiff-grey-alpha.tif", saved(Image.merge("LA", (grey, alpha)), "TIFF"))
    decoded("tiff-1.tif", saved(rgb.convert("1"), "TIFF"))
    decoded("tiff-1-packbits.tif", saved(rgb.convert("1"), "TIFF", compression="packbits"))
    decoded("tiff-palette-8.tif", saved(rgb.quantize(200), "TIFF", compression="tiff_lzw"))
    decoded("tiff-rgba.tif", saved(rgba, "TIFF"), pixels)
    decoded("tiff-cmyk.tif", saved(rgb.convert("CMYK"), "TIFF", compression="tiff_lzw"))
    for orientation in 2, 6:
        decoded(f"tiff-orientation-{orientation}.tif", saved(rgb, "TIFF", tiffinfo={274: orientation}))
    pages = saved(rgb, "TIFF", save_all=True, append_images=[Image.fromarray(picture(9, 9))])
    decoded("tiff-pages.tif", pages)

    def size(width=23, height=14, samples=3, bits=8, colours=2, **more):
        fields = {256: width, 257: height, 258: [bits] * samples, 259: 1, 262: colours, 277: samples, 278: height}
        fields.update({int(tag[1:]): value for tag, value in more.items()})
        return fields

    raw = pixels.tobytes()
    decoded("tiff-big-endian.tif", tiff(size(), [raw], ">"))
    decoded("tiff-bigtiff.tif", tiff(size(), [raw], big=True))
    decoded("tiff-strips.tif", tiff(size(t278=4), [pixels[y : y + 4].tobytes() for y in range(0, 14, 4)]))
    planes = [zlib.compress(np.ascontiguousarray(pixels[..., c]).tobytes()) for c in range(3)]
    decoded("tiff-planar.tif", tiff(size(t284=2, t259=8), planes))
    padded = np.pad(pixels, ((0, 18), (0, 9), (0, 0)), mode="edge")
    tiles = [padded[y : y + 16, x : x + 16].tobytes() for y in (0,) for x in (0, 16)]
    decoded("tiff-tiles.tif", tiff(size(t322=16, t323=16), tiles))
    tiles = [zlib.compress(tile) for tile in tiles]
    decoded("tiff-tiles-deflate.tif", tiff(size(t322=16, t323=16, t259=8), tiles))
    levels = np.asarray(grey)
    decoded("tiff-grey-white-is-zero.tif", tiff(size(samples=1, colours=0), [levels.tobytes()]))
    for bits in 2, 4:
        text = ["".join(format(v >> (8 - bits), f"0{bits}b") for v in row) for row in levels]
        rows = b"".join(int(t.ljust(-(-len(t) // 8) * 8, "0"), 2).to_bytes(-(-len(t) // 8), "big") for t in text)
        decoded(f"tiff-grey-{bits}.tif", tiff(size(samples=1, bits=bits, colours=1), [rows]))
    bilevel = np.packbits(levels > 127, axis=1)
    decoded("tiff-1-white-is-zero.tif", tiff(size(samples=1, bits=1, colours=0), [bilevel.tobytes()]))
    reversed_bits = np.packbits(np.unpackbits(bilevel[..., None], axis=-1)[..., ::-1], axis=-1)
    decoded("tiff-1-low-bit-first.tif", tiff(size(samples=1, bits=1, colours=1, t266=2), [reversed_bits.tobytes()]))
    indices = np.asarray(rgb.quantize(16))
    packed = np.pad(indices, ((0, 0), (0, 1)))
    packed = (packed[:, ::2] << 4 | packed[:, 1::2]).astype(np.uint8)
    entries = np.random.default_rng(4).integers(0, 65536, 48).tolist()
    decoded("tiff-palette-4.tif", tiff(size(samples=1, bits=4, colours=3, t320=entries), [packed.tobytes()]))
    premultiplied = np.asarray(rgba).astype(int)
    premultiplied[..., :3] = premultiplied[..., :3] * premultiplied[..., 3:] // 255
    data = tiff(size(samples=4, t338=1), [premultiplied.astype(np.uint8).tobytes()])
    decoded("tiff-associated-alpha.tif", data)
    # 16 bits: the upper byte, as for PNG
    deep = np.random.default_rng(3).integers(0, 65536, (14, 23, 3), dtype=np.uint16)
    upper = (deep >> 8).astype(np.uint8)
    decoded("tiff-rgb-16.tif", tiff(size(bits=16), [deep.tobytes()]), upper)
    decoded("tiff-rgb-16-big-endian.tif", tiff(size(bits=16), [deep.astype(">u2").tobytes()], ">"), upper)
    one = np.repeat(upper[..., :1], 3, -1)
    decoded("tiff-grey-16.tif", tiff(size(bits=16, samples=1, colours=1), [deep[..., 0].tobytes()]), one)
    differences = deep[..., 0].astype(int)
    differences[:, 1:] -= deep[:, :-1, 0]
    data = zlib.compress((differences & 0xFFFF).astype("<u2").tobytes())
    fields = size(bits=16, samples=1, colours=1, t259=8, t317=2)
    decoded("tiff-grey-16-differences.tif", tiff(fields, [data]), one)


def deep_resized():
    """16-bit grey resized in 16 bits, or floats, and brought to 0 to 255."""
    deep = np.random.default_rng(3).integers(0, 65536, (14, 23, 3), dtype=np.uint16)[..., 0]
    for height, width in (14, 23), (9, 17), (20, 40):
        tag = f"{height}x{width}"
        floats = tf.image.resize(deep[..., None], (height, width)).numpy()[..., 0]
        rounded = cv2.resize(deep, (width, height))
        tall = Image.fromarray(deep).resize((width, height), Image.BILINEAR)
        for name, levels in ("tensorflow", floats), ("opencv", rounded), ("pil", np.asarray(tall)):
            np.save(DEEP / f"{tag}-{name}.npy", (np.asarray(levels, np.float64) / 257).astype(np.float32))


def jpegs_by_tensorflow():
    """What TensorFlow's functions make of the JPEGs at their defaults, in colour and in grey."""
    for file in sorted(DECODE.glob("*.jpg")):
        data = file.read_bytes()
        colour = tf.io.decode_jpeg(data, channels=3).numpy()
        assert np.array_equal(colour, tf.io.decode_image(data, channels=3).numpy())
        np.save(TENSORFLOW / (file.name + ".npy"), colour)
        if "cmyk" not in file.name and "ycck" not in file.name:
            np.save(TENSORFLOW / (file.name + "-grey.npy"), tf.io.decode_jpeg(data, channels=1).numpy())


def resized():
    for name, width, height in ("wide", 61, 43), ("tall", 35, 80), ("strip", 3001, 2):
        rgb = picture(width, height)
        Image.fromarray(rgb).save(RESIZE / f"{name}.png")
        sizes = [(2, 331)] if name == "strip" else [(20, 31), (97, 64), (17, 90), (height, width), (32, 32)]
        for h, w in sizes:
            tag = f"{name}-{h}x{w}"
            tensor = tf.image.resize(rgb, (h, w))
            np.save(RESIZE / f"{tag}-tensorflow.npy", tensor.numpy())
            np.save(RESIZE / f"{tag}-tensorflow-uint8.npy", tf.cast(tensor, tf.uint8).numpy())
            np.save(RESIZE / f"{tag}-pil.npy", np.asarray(Image.fromarray(rgb).resize((w, h), Image.BILINEAR)))
            np.save(RESIZE / f"{tag}-opencv.npy", cv2.resize(rgb, (w, h)))
            crop = keras.preprocessing.image.smart_resize(rgb, (h, w))
            np.save(RESIZE / f"{tag}-center-crop.npy", np.asarray(crop, np.float32))
            grey = np.asarray(Image.fromarray(rgb).convert("L"))[..., None]
            np.save(RESIZE / f"{tag}-grey.npy", tf.image.resize(grey, (h, w)).numpy())
    # opencv takes another way for an exact half
    rgb = picture(64, 48)
    Image.fromarray(rgb).save(RESIZE / "even.png")
    np.save(RESIZE / "even-24x32-opencv.npy", cv2.resize(rgb, (32, 24)))


for folder in DECODE, RESIZE, TENSORFLOW, DEEP:
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
jpegs()
jpegs_by_tensorflow()
pngs()
bmps()
gifs()
webps()
tiffs()
deep_resized()
resized()
print("python", sys.version.split()[0], "numpy", np.__version__, "tensorflow", tf.__version__, "keras", keras.__version__,
      "Pillow", Image.__version__, "opencv", cv2.__version__)
