"""Brotli without a library: a stream with one uncompressed block."""


def packed(body: bytes) -> bytes:
    """Return a body of up to 16 MiB, but not an empty one, as a brotli stream."""
    # From the lowest bit: window 16 (0), not last (0), six nibbles of length (01),
    # length - 1 (24 bits), uncompressed (1), padding; then an empty last block.
    header = (2 << 2) | ((len(body) - 1) << 4) | (1 << 28)
    return header.to_bytes(4, "little") + body + b"\x03"
