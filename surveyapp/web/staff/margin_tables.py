"""A margin from a table that was pasted or uploaded: read, say what it means, look at it, save it.

Nothing is stored between the steps: the table travels with the form, and each step reads it again.
"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, TableRefused
from surveyapp.models import Area
from surveyapp.services import areas as service
from surveyapp.services.areas import Dimension
from surveyapp.services.margin_files import (
    Layout,
    Mapping,
    MarginRead,
    Problem,
    Suggestion,
    Table,
    Unit,
    Wanted,
    category_axes,
    from_text,
    layout_of,
    names_to_map,
    read_file,
    read_margin,
    read_text,
    suggest,
    to_text,
    write_text,
)
from surveyapp.web.form_parts import options, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.area_forms import SourceForm, TableForm
from surveyapp.web.staff.margin_words import (
    UNITS,
    column_letter,
    finding_words,
    in_all_words,
    margin_rows,
    note_words,
    place_words,
    problem_words,
    title_words,
)
from surveyapp.web.staff.margins import dimension_or_404
from surveyapp.web.words import spoken

ROWS_SHOWN = 14
COLUMNS_SHOWN = 10
NAMES_SHOWN = 4


@dataclass(frozen=True)
class Draft:
    """A table on its way to a margin, as far as the coordinator has come with it."""

    area: Area
    dimension: Dimension
    tables: list[Table]
    sheet: int
    layout: Layout
    wanted: Wanted
    suggestion: Suggestion
    mapping: Mapping

    @property
    def table(self) -> Table:
        """The sheet that is read."""
        return self.tables[self.sheet]


@blueprint.route("/areas/<int:area_id>/margins", methods=["GET", "POST"])
@requires("area.edit")
def margin_table(reader: Reader, area: Area) -> ResponseReturnValue:
    """Each button of the steps names the next one: read, map, preview, save; or change, which is back to the first."""
    step = request.form.get("step", "")
    form = _table_form(area)
    if step == "read" and form.validate_on_submit():
        return _read(reader, area, form)
    if step not in {"map", "preview", "save", "change"}:
        return _first_page(reader, area, form, ())
    try:
        draft = _draft(area, dimension_or_404(area, request.form.get("dimension", "")), _tables(), request.form)
    except TableRefused as refusal:
        return _first_page(reader, area, form, _problems(refusal))
    if step == "change":
        return _first_page(reader, area, _table_form(area, pasted=write_text(draft.table)), ())
    return _mapping_page(reader, draft, SourceForm(), ()) if step == "map" else _margin(reader, draft, step)


def _read(reader: Reader, area: Area, form: TableForm) -> ResponseReturnValue:
    file = request.files.get("file")
    try:
        tables = read_file(file.read(), "") if file and file.filename else [read_text(form.pasted.data or "")]
        to_text(tables)
        draft = _draft(area, dimension_or_404(area, form.dimension.data), tables, MultiDict())
    except TableRefused as refusal:
        return _first_page(reader, area, form, _problems(refusal))
    found = draft.suggestion
    return _mapping_page(reader, draft, SourceForm(formdata=None, source=found.source, year=found.year), ())


def _margin(reader: Reader, draft: Draft, step: str) -> ResponseReturnValue:
    """The preview, or what stands in its way; and from the preview the saved margin."""
    form = SourceForm()
    try:
        margin = read_margin(draft.layout, draft.mapping, draft.wanted, draft.table)
    except TableRefused as refusal:
        return _mapping_page(reader, draft, form, _problems(refusal))
    if not form.validate_on_submit():
        return _mapping_page(reader, draft, form, ())
    if step == "preview":
        return _preview(reader, draft, form, margin, changed=False)
    try:
        service.save_margin(
            db.session,
            draft.area,
            reader.user,
            draft.dimension.key,
            margin.rows,
            source=text(form.source),
            year=form.year.data or 0,
            seen=request.form.get("seen", ""),
        )
    except ChangedMeanwhile:
        db.session.rollback()
        return _preview(reader, draft, form, margin, changed=True)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("staff.area", area_id=draft.area.id, _anchor=draft.dimension.key), 303)


def _tables() -> list[Table]:
    return from_text(request.form.get("table", ""))


def _draft(area: Area, dimension: Dimension, tables: list[Table], said: MultiDict[str, str]) -> Draft:
    """The table with what is said of it so far, and for the rest what it says itself. Raises TableRefused."""
    keys = tuple(category.key for category in dimension.categories)
    wanted = Wanted(dimension.key, keys, area.adults, area.name)
    sheet = said.get("sheet", type=int)
    if sheet is None or not 0 <= sheet < len(tables):
        sheet = _likeliest(tables, wanted)
    layout = layout_of(tables[sheet])
    suggestion = suggest(layout, wanted, said.get("axis", type=int))
    mapping = _mapping(layout, wanted, suggestion.mapping, said)
    return Draft(area, dimension, tables, sheet, layout, wanted, suggestion, mapping)


def _likeliest(tables: list[Table], wanted: Wanted) -> int:
    """The first sheet that names the wanted categories; where none does, the first."""
    for position, table in enumerate(tables):
        try:
            suggest(layout_of(table), wanted)
        except TableRefused:
            continue
        return position
    return 0


def _mapping(layout: Layout, wanted: Wanted, suggested: Mapping, said: MultiDict[str, str]) -> Mapping:
    """What is said wins over what is suggested, as long as it is about this side of the table."""
    choices = dict(suggested.choices)
    for position in range(len(layout.axes)):
        choices |= {position: said[f"choice_{position}"]} if said.get(f"choice_{position}") else {}
    categories = dict(suggested.categories)
    for place, name in enumerate(names_to_map(layout, suggested.axis, wanted)):
        if said.get(f"name_{place}") == name:
            categories[name] = said.get(f"category_{place}", "")
    unit = Unit(said["unit"]) if said.get("unit") in set(Unit) else None
    return Mapping(suggested.axis, unit if "unit" in said else suggested.unit, choices, categories)


def _table_form(area: Area, pasted: str = "") -> TableForm:
    form = TableForm(dimension=request.args.get("dimension"))
    if pasted:
        form.pasted.data = pasted
    dimensions = service.dimensions_of(db.session, area).values()
    form.dimension.choices = options((each.key, title_words(each)) for each in dimensions)
    return form


def _problems(refusal: TableRefused) -> tuple[Problem, ...]:
    problems = refusal.details["problems"]
    assert isinstance(problems, tuple)
    return problems


def _first_page(reader: Reader, area: Area, form: TableForm, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    page = render_template(
        "staff/areas/margin_table.html",
        reader=reader,
        area=area,
        form=form,
        problems=[problem_words(problem) for problem in problems],
    )
    return page, 422 if problems or form.errors else 200


def _mapping_page(reader: Reader, draft: Draft, form: SourceForm, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    axes = draft.layout.axes
    page = render_template(
        "staff/areas/margin_mapping.html",
        reader=reader,
        area=draft.area,
        draft=draft,
        form=form,
        problems=[problem_words(problem) for problem in problems],
        title=title_words(draft.dimension),
        carried=to_text(draft.tables),
        rows=draft.table.rows[:ROWS_SHOWN],
        rows_left=max(0, len(draft.table.rows) - ROWS_SHOWN),
        columns=range(1, min(draft.table.width, COLUMNS_SHOWN) + 1),
        letter=column_letter,
        sides={position: _side(draft, position) for position in category_axes(draft.layout, draft.wanted)},
        others=[at for at, axis in enumerate(axes) if at != draft.mapping.axis and len(axis.names) > 1],
        place=place_words,
        names=names_to_map(draft.layout, draft.mapping.axis, draft.wanted),
        units=UNITS,
    )
    return page, 422 if problems or form.errors else 200


def _preview(
    reader: Reader, draft: Draft, form: SourceForm, margin: MarginRead, *, changed: bool
) -> ResponseReturnValue:
    area, dimension = draft.area, draft.dimension
    names = {category.key: spoken(category.texts) for category in dimension.categories}
    now = service.margin_of(area, dimension.key)
    now_counts = [(row.category, row.persons) for row in now]
    findings = service.findings_in(margin.rows, area.adults)
    page = render_template(
        "staff/areas/margin_preview.html",
        reader=reader,
        area=area,
        draft=draft,
        form=form,
        changed=changed,
        title=title_words(dimension),
        carried=to_text(draft.tables),
        rows=margin_rows(margin.rows, names),
        in_all=in_all_words(margin.rows),
        now=margin_rows(now_counts, names),
        now_in_all=in_all_words(now_counts),
        now_source=f"{now[0].source}, {now[0].year}" if now else "",
        notes=[note_words(note, dimension) for note in margin.notes],
        findings=[finding_words(finding, dimension, area.adults) for finding in findings],
        seen=service.margin_version(area, dimension.key),
        names=names_to_map(draft.layout, draft.mapping.axis, draft.wanted),
    )
    return page, 409 if changed else 200


def _side(draft: Draft, position: int) -> str:
    """A side of the table in words: "Column B: 0-4 år, 5-9 år, …"."""
    axis = draft.layout.axes[position]
    listed = ", ".join(axis.names[:NAMES_SHOWN]) + (" …" if len(axis.names) > NAMES_SHOWN else "")
    return f"{place_words(axis.row, axis.column)}: {listed}"
