"""Recordings made small: whatever a phone records becomes Opus and AAC of at most 40 kilobytes each."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from surveyapp.errors import FileRefused
from surveyapp.services.uploads import check_size

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream
    from av.container import InputContainer

LONGEST_SECONDS = 20
LARGEST_CLIP = 40_000
SAMPLES_A_SECOND = 16_000
BIT_RATES = (32_000, 24_000, 16_000, 12_000)
SAME_BYTES_AGAIN = {"fflags": "+bitexact"}
# What a file begins with → what it is read as. Playlists and other formats that name further files aren't among them.
_BEGINNINGS = (
    (b"RIFF", "wav"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"\xff\xf1", "aac"),
    (b"\xff\xf9", "aac"),
    (b"#!AMR", "amr"),
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"FORM", "aiff"),
    (b"caff", "caf"),
)
_MP4_MARK = b"ftyp"


@dataclass(frozen=True)
class SmallSound:
    """The same sound in the two encodings that phones play between them."""

    opus: bytes
    m4a: bytes


def shrink(data: bytes) -> SmallSound:
    """A recording as mono Opus in Ogg and mono AAC in MP4.

    Raises FileRefused: "empty", "too_large", "not_audio", "silent_file" without any sound in it, or "too_long".
    """
    check_size(data)
    frames = _decode(data)
    return SmallSound(_smallest(frames, "libopus", "ogg"), _smallest(frames, "aac", "ipod"))


def _decode(data: bytes) -> "list[AudioFrame]":
    import av

    kind = _kind(data)
    try:
        with av.open(io.BytesIO(data), "r", format=kind, options={"protocol_whitelist": ""}) as recording:
            frames = _mono(recording)
    except FileRefused:
        raise
    except Exception as broken:  # a damaged recording may fail anywhere inside the decoder, with any exception
        raise FileRefused(reason="not_audio") from broken
    if not frames:
        raise FileRefused(reason="silent_file")
    return frames


def _kind(data: bytes) -> str:
    if data[4:8] == _MP4_MARK:
        return "mov"
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    raise FileRefused(reason="not_audio")


def _mono(recording: "InputContainer") -> "list[AudioFrame]":
    """Its first sound track, mono and 16,000 samples a second. Stops reading where it is too long."""
    from av import AudioResampler

    if not recording.streams.audio:
        raise FileRefused(reason="not_audio")
    resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLES_A_SECOND)
    frames: list[AudioFrame] = []
    samples = 0
    for frame in recording.decode(recording.streams.audio[0]):
        frame.pts = None
        for part in resampler.resample(frame):
            frames.append(part)
            samples += part.samples
        if samples > LONGEST_SECONDS * SAMPLES_A_SECOND:
            raise FileRefused(reason="too_long", seconds=LONGEST_SECONDS)
    return frames + resampler.resample(None)


def _smallest(frames: "list[AudioFrame]", codec: str, container: str) -> bytes:
    """The best-sounding encoding that is small enough."""
    for bit_rate in BIT_RATES:
        encoded = _encode(frames, codec, container, bit_rate)
        if len(encoded) <= LARGEST_CLIP:
            return encoded
    raise FileRefused(reason="too_long", seconds=LONGEST_SECONDS)


def _encode(frames: "list[AudioFrame]", codec: str, container: str, bit_rate: int) -> bytes:
    import av

    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container, container_options=SAME_BYTES_AGAIN) as small:
        stream = cast("AudioStream", small.add_stream(codec, rate=SAMPLES_A_SECOND, layout="mono"))
        stream.bit_rate = bit_rate
        for frame in [*frames, None]:
            if frame is not None:
                frame.pts = None  # counted anew for every encoding
            small.mux(stream.encode(frame))
    return buffer.getvalue()
