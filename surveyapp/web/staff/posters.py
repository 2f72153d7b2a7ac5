"""A placement's address, its code as a picture, its poster and what else it is printed on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Response, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.errors import NotFound, NothingToAsk
from surveyapp.i18n import direction, format_day, format_month, own_name
from surveyapp.models import Placement, Wave
from surveyapp.posters.logo import LogoRefused
from surveyapp.posters.poster import (
    PRODUCTS,
    SCREENS,
    Poster,
    PosterLabels,
    PosterText,
    posters_pdf,
    screen_pngs,
)
from surveyapp.posters.qr import code_svg, modules
from surveyapp.posters.questionnaire import questionnaires_pdf
from surveyapp.services.first_visit import suggested_slug
from surveyapp.services.placements import has_poster, has_wall
from surveyapp.services.questionnaires import document_of, draft_document
from surveyapp.typesetting.fonts import CharacterMissing, FontMissing, font_paths
from surveyapp.typesetting.pages import PictureDamaged
from surveyapp.web.resident.paper_form import paper_form
from surveyapp.web.resident.poster_texts import give_back_text, poster_text
from surveyapp.web.resident.sheet import Sheet


def placement_address(placement: Placement) -> str:
    """What the poster's code leads to."""
    return f"{current_app.config['PUBLIC_URL']}/{placement.code}"


def code_picture(placement: Placement) -> str:
    """The QR code as an SVG document."""
    address = placement_address(placement)
    return code_svg(modules(address, placement.kind), _("QR code to %(address)s", address=address))


def poster_file(wave: Wave, placements: Sequence[Placement], name: str, product: str) -> ResponseReturnValue:
    """The placements' posters, or another product, as one PDF.

    What keeps them from being printed is said on the placements' page. Raises NotFound for a product that is none.
    """
    if product not in PRODUCTS:
        raise NotFound
    posters = [_poster(wave, placement) for placement in placements if has_poster(placement)]
    if not posters:
        return _refused(wave, _("There is no code in use to print."))
    return _file(
        wave,
        lambda fonts: posters_pdf(posters, title=f"{wave.survey.name} {name}", font_paths=fonts, product=product),
        f"{suggested_slug(wave.survey.name)}-{suggested_slug(name)}-{product}.pdf",
        "application/pdf",
    )


def give_back_file(wave: Wave) -> ResponseReturnValue:
    """ "You answered. This happens now." for every place where a poster hangs, or else for every place; as one PDF."""
    in_use = [placement for placement in wave.placements if placement.revoked_on is None]
    placements = [placement for placement in in_use if has_wall(placement)] or in_use
    if not placements:
        return _refused(wave, _("There is no placement to print a poster for yet."))
    posters = [_give_back_poster(wave, placement) for placement in placements]
    title = f"{wave.survey.name} {wave.label}"
    return _file(
        wave,
        lambda fonts: posters_pdf(posters, title=title, font_paths=fonts, product="give_back"),
        f"{suggested_slug(wave.survey.name)}-{suggested_slug(wave.label)}-give-back.pdf",
        "application/pdf",
    )


def screen_file(placement: Placement, screen: str, picture: int) -> ResponseReturnValue:
    """A picture for an information screen; `picture` counts from 1. Raises NotFound for one that isn't there."""
    wave = placement.wave
    if screen not in SCREENS or not 1 <= picture <= SCREENS[screen].pages(len(languages_of(wave))):
        raise NotFound
    return _file(
        wave,
        lambda fonts: screen_pngs(_poster(wave, placement), font_paths=fonts, screen=screen)[picture - 1],
        f"{suggested_slug(wave.survey.name)}-{suggested_slug(placement.name)}-{screen}-{picture}.png",
        "image/png",
    )


def questionnaire_file(placement: Placement, languages: Sequence[str]) -> ResponseReturnValue:
    """The questionnaire on paper for a placement, a form for each of the languages; of a draft, marked as a test.

    What keeps it from being printed is said on the placements' page.
    """
    wave = placement.wave
    frozen = wave.questionnaire
    try:
        document = document_of(frozen) if frozen else draft_document(wave)
    except NothingToAsk:
        return _refused(wave, _("A text is still missing, so the questionnaire can't be printed yet."))
    version = _("Version %(number)d", number=frozen.version) if frozen else ""
    reference = " · ".join(filter(None, [wave.survey.name, wave.label, placement.name, version]))
    forms = [
        paper_form(Sheet(document, language), wave.closes_on, reference, is_draft=frozen is None)
        for language in languages
    ]
    named = "-".join([suggested_slug(wave.survey.name), suggested_slug(placement.name), *languages])
    return _file(wave, lambda fonts: questionnaires_pdf(forms, font_paths=fonts), f"{named}.pdf", "application/pdf")


def _file(wave: Wave, make: Callable[[Sequence[Path]], bytes], name: str, mimetype: str) -> ResponseReturnValue:
    try:
        content = make(font_paths(Path(current_app.instance_path)))
    except FontMissing as missing:
        languages = ", ".join(own_name(language) for language in missing.languages)
        return _refused(
            wave, _("No font on the server can print: %(languages)s. Ask IT to run make fonts.", languages=languages)
        )
    except CharacterMissing as missing:
        return _refused(
            wave,
            _("No font can print: %(characters)s. Leave it out of the name.", characters=" ".join(missing.characters)),
        )
    except (LogoRefused, PictureDamaged):
        return _refused(wave, _("The organisation's logo can't be printed. Put another one in its place."))
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'inline; filename="{name}"'})


def languages_of(wave: Wave) -> list[str]:
    """The survey's languages, the main one first."""
    return list(dict.fromkeys([wave.survey.default_language, *wave.survey.languages]))


def _poster(wave: Wave, placement: Placement) -> Poster:
    survey, partnership = wave.survey, wave.survey.partnership
    language = survey.default_language
    words = poster_text(language)
    return Poster(
        organisation=partnership.lead.name,
        area=partnership.area.name,
        place=placement.name,
        kind=placement.kind,
        address=placement_address(placement),
        texts=tuple(_text(each) for each in languages_of(wave)),
        labels=PosterLabels(
            code=words.code,
            type_code=words.type_code,
            open_until=words.open_until,
            questions=words.questions,
            partners=words.partners,
        ),
        closes=format_day(wave.closes_on, language),
        contact=partnership.lead.contact,
        partners=tuple(member.name for member in partnership.members),
        synthetic_note=words.synthetic_note if survey.synthetic else None,
        accent=partnership.lead.accent,
        logo=partnership.lead.logo_svg,
    )


def _give_back_poster(wave: Wave, placement: Placement) -> Poster:
    """The placement's poster with what happens now in the place of the invitation, and when residents are asked again.

    The code is the same as before: it leads to what came of the answers.
    """
    language = wave.survey.default_language
    poster, words = _poster(wave, placement), give_back_text(language)
    month = format_month(wave.next_wave_on, language) if wave.next_wave_on else ""
    return replace(
        poster,
        texts=tuple(_give_back_words(wave, each) for each in languages_of(wave)),
        labels=replace(poster.labels, open_until=words.next_time),
        closes=month,
    )


def _give_back_words(wave: Wave, language: str) -> PosterText:
    words = give_back_text(language)
    row = wave.give_back.texts.get(language) if wave.give_back else None
    return PosterText(
        language=language,
        direction="rtl" if direction(language) == "rtl" else "ltr",
        headline=words.headline,
        invitation=row.text if row else "",
        privacy=words.scan,
    )


def _text(language: str) -> PosterText:
    words = poster_text(language)
    return PosterText(
        language=language,
        direction="rtl" if direction(language) == "rtl" else "ltr",
        headline=words.headline,
        invitation=words.invitation,
        privacy=words.privacy,
    )


def _refused(wave: Wave, sentence: str) -> ResponseReturnValue:
    flash(sentence, "attention")
    return redirect(url_for("staff.placements", wave_id=wave.id), 303)
