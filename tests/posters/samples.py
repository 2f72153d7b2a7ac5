"""Short poster texts in every language, for tests and measurements only, and a poster made of them."""

import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from surveyapp.posters.logo import PNG
from surveyapp.posters.poster import Poster, PosterLabels, PosterText
from surveyapp.typesetting.fonts import font_paths

FONTS = font_paths(Path(__file__).parents[2] / "instance")

_TEXTS = (
    PosterText(
        "da", "ltr", "Hvordan er det at bo her?", "Scan koden. Det tager få minutter.", "Vi spørger ikke, hvem du er."
    ),
    PosterText(
        "sv", "ltr", "Hur är det att bo här?", "Skanna koden. Det tar några minuter.", "Vi frågar inte vem du är."
    ),
    PosterText(
        "no", "ltr", "Hvordan er det å bo her?", "Skann koden. Det tar noen minutter.", "Vi spør ikke hvem du er."
    ),
    PosterText(
        "en", "ltr", "What’s it like to live here?", "Scan. It takes a few minutes.", "We don’t ask who you are."
    ),
    PosterText(
        "de",
        "ltr",
        "Wie lebt es sich hier?",
        "Code scannen. Es dauert wenige Minuten.",
        "Wir fragen nicht, wer Sie sind.",
    ),
    PosterText("ar", "rtl", "كيف هي الحياة هنا؟", "امسح الرمز. يستغرق بضع دقائق.", "لا نسأل من أنت."),
    PosterText("tr", "ltr", "Burada yaşamak nasıl?", "Kodu okutun. Birkaç dakika sürer.", "Kim olduğunuzu sormuyoruz."),
    PosterText(
        "fa", "rtl", "زندگی در اینجا چطور است؟", "کد را اسکن کنید. چند دقیقه طول می‌کشد.", "نمی‌پرسیم شما که هستید."
    ),
    PosterText("ur", "rtl", "یہاں رہنا کیسا ہے؟", "کوڈ اسکین کریں۔ چند منٹ لگتے ہیں۔", "ہم نہیں پوچھتے کہ آپ کون ہیں۔"),
    PosterText("pl", "ltr", "Jak się tu mieszka?", "Zeskanuj kod. To zajmie kilka minut.", "Nie pytamy, kim jesteś."),
    PosterText("uk", "ltr", "Як тут живеться?", "Скануйте код. Це займе кілька хвилин.", "Ми не питаємо, хто ви."),
    PosterText(
        "ro", "ltr", "Cum e să locuiești aici?", "Scanați codul. Durează câteva minute.", "Nu întrebăm cine sunteți."
    ),
    PosterText("bs", "ltr", "Kako je živjeti ovdje?", "Skenirajte kod. Traje nekoliko minuta.", "Ne pitamo ko ste."),
    PosterText(
        "so",
        "ltr",
        "Sidee bay tahay halkan ku noolaanshaha?",
        "Iskaan garee. Waa dhowr daqiiqo.",
        "Ma weydiinno cidda aad tahay.",
    ),
    PosterText("kmr", "ltr", "Jiyana li vir çawa ye?", "Kodê bixwînin. Çend deqîqe digire.", "Em napirsin hûn kî ne."),
    PosterText("ckb", "rtl", "ژیان لێرە چۆنە؟", "کۆدەکە سکان بکە. چەند خولەکێک دەخایەنێت.", "ناپرسین تۆ کێیت."),
    PosterText("ti", "ltr", "ኣብዚ ምንባር ከመይ ኣሎ?", "ነቲ ኮድ ስካን ግበሩ። ውሑዳት ደቓይቕ ይወስድ።", "መን ምዃንኩም ኣይንሓትትን።"),
)
TEXTS = {text.language: text for text in _TEXTS}

LABELS = PosterLabels(
    code="QR-kode",
    type_code="Eller skriv på telefonen",
    open_until="Åben til",
    questions="Spørgsmål",
    partners="Sammen med",
)


def sample_poster(*languages: str, **changes: Any) -> Poster:
    """Give an invented placement's poster in these languages, the first being the main one."""
    poster = Poster(
        organisation="Boligforeningen Egebo",
        area="Egeparken",
        place="Gården ved nr. 12",
        kind="courtyard",
        address="https://svar.egebo.example/K7M4QX",
        texts=tuple(TEXTS[language] for language in languages),
        labels=LABELS,
        closes="30. november 2025",
        contact="Karin Holm, 12 34 56 78",
        partners=("Supermarkedet", "Vaskeriet", "IT-huset"),
        synthetic_note="Eksempel med opdigtede navne og tal",
    )
    return replace(poster, **changes)


def png(width: int, height: int, pixels: bytes | None = None) -> bytes:
    """A PNG in one red; with `pixels` of its own, one whose size may be a lie."""
    file = io.BytesIO()
    if pixels is None:
        Image.new("RGB", (width, height), "#c33").save(file, "PNG")
        return file.getvalue()

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
