"""Recordings as phones and laptops make them, for tests."""

import io
from typing import cast

import av
import numpy as np

STEREO_CD = 44_100


def recorded(seconds: float, container: str = "wav", codec: str = "pcm_s16le", rate: int = STEREO_CD) -> bytes:
    """A sound that wavers like a voice, in stereo."""
    time = np.arange(int(seconds * rate)) / rate
    voice = np.sin(2 * np.pi * (180 + 60 * np.sin(2 * np.pi * 0.7 * time)) * time) * (1 + np.sin(2 * np.pi * 3 * time))
    samples = np.repeat((voice * 8_000).astype(np.int16), 2).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
    frame.sample_rate = rate
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as file:
        stream = cast("av.AudioStream", file.add_stream(codec, rate=rate, layout="stereo"))
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return buffer.getvalue()


def heard(data: bytes) -> tuple[str, int, float]:
    """Codec, channels and seconds of a recording, as a player would find them."""
    with av.open(io.BytesIO(data), "r") as file:
        stream = file.streams.audio[0]
        samples = sum(frame.samples for frame in file.decode(stream))
        return stream.codec_context.name, stream.codec_context.channels, samples / stream.codec_context.sample_rate
