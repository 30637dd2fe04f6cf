"""How the judge and an answer's process talk: questions as pickles, replies as numbers in a fixed form.

Both sides import this module. What comes from an answer's process is read by `read_reply` alone: fixed fields, raw
little-endian numbers and short texts, each length checked before it is used; no JSON, no pickle, nothing nested.
Questions go the other way only: nobody but the judge can write one.
"""

import math
import pickle
import socket
import struct
import time
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: The dtypes that can be sent, by their code.
DTYPES = tuple(
    np.dtype(f"<{kind}") for kind in ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1")
)

#: What a reply says happened; the first means that there are values.
TROUBLES = ("", "unfinished", "raises", "returns_none", "not_an_array", "wrong_arguments", "no_function")

MAX_DIMENSIONS, MAX_ARRAYS, MAX_TEXTS, MAX_TEXT = 8, 16, 10, 2000
# Bytes that are read at once.
_AT_ONCE = 2**16
# The lengths of an empty array, but for those that are 0, multiplied.
_LARGEST_EMPTY = 2**20

_LENGTH = struct.Struct("<I")
_REPLY = struct.Struct("<BBIQBB")
_TEXT = struct.Struct("<H")
_ARRAY = struct.Struct("<BB")
_SHAPES = tuple(struct.Struct(f"<{dimensions}I") for dimensions in range(MAX_DIMENSIONS + 1))


class Nonsense(ValueError):
    """What came back is not a reply."""


class TooLong(Nonsense):
    """A reply has more bytes than are allowed."""


class Silence(EOFError):
    """The other side has gone."""


class RawReply(NamedTuple):
    """A reply as it came, with nothing believed but its form.

    Attributes
    ----------
    trouble : str
        One of `TROUBLES`; empty where there are values.
    flags : int
        Bits; their meaning depends on the question.
    changed : int
        Bit i says that argument i was changed.
    held : int
        Bytes that the call held at once, where that was asked for.
    texts : tuple of str
        The sentence on the trouble first.
    values : tuple of arrays
        In the machine's own byte order.
    """

    trouble: str = ""
    flags: int = 0
    changed: int = 0
    held: int = 0
    texts: tuple[str, ...] = ()
    values: tuple[NDArray[Any], ...] = ()


# --- replies: from the answer's process, hostile ------------------------------------------------------------------


def write_reply(reply: RawReply) -> bytes:
    """Return the bytes of a reply; long texts are cut, long doubles become doubles."""
    texts, arrays = reply.texts[:MAX_TEXTS], reply.values[:MAX_ARRAYS]
    fixed = (TROUBLES.index(reply.trouble), reply.flags, reply.changed, min(max(reply.held, 0), 2**63))
    pieces = [_REPLY.pack(*fixed, len(texts), len(arrays))]
    for text in texts:
        encoded = text[:MAX_TEXT].encode("utf-8", "replace")[: 2 * MAX_TEXT]
        pieces += [_TEXT.pack(len(encoded)), encoded]
    for array in arrays:
        array = np.asarray(array)
        dtype = array.dtype.newbyteorder("<")
        if dtype not in DTYPES:
            dtype = DTYPES[0]
        pieces += [
            _ARRAY.pack(DTYPES.index(dtype), array.ndim),
            struct.pack(f"<{array.ndim}I", *array.shape),
            array.astype(dtype).tobytes(),
        ]
    return b"".join(pieces)


def read_reply(content: bytes) -> RawReply:
    """Return the reply in `content`, which may be anything.

    Raises
    ------
    Nonsense
        If it is not a reply, to the last byte.
    """
    try:
        code, flags, changed, held, text_count, array_count = _REPLY.unpack_from(content)
        if code >= len(TROUBLES) or text_count > MAX_TEXTS or array_count > MAX_ARRAYS or (code and array_count):
            raise Nonsense
        at, texts, values = _REPLY.size, [], []
        for _ in range(text_count):
            (length,) = _TEXT.unpack_from(content, at)
            at += _TEXT.size + length
            texts.append(content[at - length : at].decode("utf-8", "replace")[:MAX_TEXT])
        for _ in range(array_count):
            array, at = _read_array(content, at)
            values.append(array)
    except struct.error:  # it ends too early
        raise Nonsense from None
    if at != len(content):
        raise Nonsense
    return RawReply(TROUBLES[code], flags, changed, held, tuple(texts), tuple(values))


def _read_array(content: bytes, at: int) -> tuple[NDArray[Any], int]:
    """Return the array that begins at a place, and where it ends."""
    code, dimensions = _ARRAY.unpack_from(content, at)
    if code >= len(DTYPES) or dimensions > MAX_DIMENSIONS:
        raise Nonsense
    shape = _SHAPES[dimensions].unpack_from(content, at + _ARRAY.size)
    at += _ARRAY.size + _SHAPES[dimensions].size
    size = math.prod(shape)  # Python's own whole numbers: they do not overflow
    dtype = DTYPES[code]
    end = at + size * dtype.itemsize
    if end > len(content):
        raise Nonsense  # also where a shape is huge
    if size == 0 and math.prod(max(length, 1) for length in shape) > _LARGEST_EMPTY:
        raise Nonsense  # numpy makes no array of it, or none of what is computed from it
    array = np.ndarray(shape, dtype, content, at)
    return (array.view(np.uint8) != 0 if dtype.kind == "b" else array.astype(dtype.newbyteorder("="))), end


# --- questions: from the judge, trusted ---------------------------------------------------------------------------


class Named(NamedTuple):
    """Stands in a question for a function: what it is there is known by this name."""

    name: str


def write_question(kind: str, **fields: Any) -> bytes:
    """Return the bytes of a question: what is asked for, and its arguments."""
    return pickle.dumps((kind, fields), pickle.HIGHEST_PROTOCOL)


def read_question(content: bytes) -> tuple[str, dict[str, Any]]:
    """Return what is asked for, and its arguments; only for what comes from the judge."""
    kind, fields = pickle.loads(content)
    return kind, fields


# --- the way there and back ---------------------------------------------------------------------------------------


class Channel:
    """Messages over a socket. Several can be on their way; what has come is kept until it is asked for.

    Parameters
    ----------
    connected : socket
        Whose other end somebody else has.
    """

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._come = bytearray()

    def send(self, contents: Iterable[bytes], seconds: float | None = None) -> None:
        """Send messages.

        Parameters
        ----------
        contents : iterable of bytes
            One after the other.
        seconds : float, optional
            How long the other side may take to read them; by default for ever.

        Raises
        ------
        TimeoutError
            If it did not.
        Silence
            If the other side has gone.
        """
        self._allow(seconds)
        try:
            self._socket.sendall(b"".join(piece for c in contents for piece in (_LENGTH.pack(len(c)), c)))
        except ConnectionError:
            raise Silence from None

    def receive(self, longest: int, seconds: float | None = None) -> bytes:
        """Return one message.

        Parameters
        ----------
        longest : int
            How many bytes it may have.
        seconds : float, optional
            How long to wait for the whole of it; by default for ever.

        Raises
        ------
        TimeoutError
            If it has not come in time, though perhaps a part of it.
        Silence
            If the other side has gone.
        TooLong
            If it is longer than `longest`.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while (content := self.next_that_has_come(longest)) is None:
            self._read_more(end)
        return content

    def next_that_has_come(self, longest: int) -> bytes | None:
        """Return the next message; None if there is none that has come whole. Raises TooLong like `receive`."""
        if len(self._come) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._come)
        if length > longest:
            del self._come[: _LENGTH.size]
            raise TooLong
        end = _LENGTH.size + length
        if len(self._come) < end:
            return None
        content = bytes(self._come[_LENGTH.size : end])
        del self._come[:end]
        return content

    def has_more(self) -> bool:
        """Return whether another message has come, or has begun to."""
        return bool(self._come)

    def _read_more(self, end: float | None) -> None:
        left = None if end is None else end - time.monotonic()
        if left is not None and left <= 0:
            raise TimeoutError
        self._allow(left)
        try:
            piece = self._socket.recv(_AT_ONCE)
        except ConnectionError:
            piece = b""
        if not piece:
            raise Silence
        self._come += piece

    def _allow(self, seconds: float | None) -> None:
        if seconds is not None:  # an answer's process waits for ever, and may not even ask for something else
            self._socket.settimeout(seconds)
