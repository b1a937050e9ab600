"""`kimbot letter`: a definition and an answers file in, the letter's files out; no Telegram.

`register(app)` adds the command. Errors go to standard error, name file, line and field, and end
with exit code 2.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.answers_file import AnswersFile, AnswersRefusedError, Fault, read_answers
from bot.example import example
from bot.library import Library, read_library
from bot.wording import folder
from conversations.rules.answers import Route
from conversations.rules.checking import AnswerProblem, Trouble, problems
from conversations.rules.composing import compose
from conversations.rules.context import Case
from conversations.rules.deadlines import BERLIN
from conversations.rules.definition import Definition
from conversations.rules.definitions import DefinitionsRefusedError
from conversations.rules.letter import Letter

FORMATS = ("docx", "pdf", "txt", "eml", "ics")
_REFUSED = 2
_VERSION = re.compile(r"[0-9]{1,9}")
_TROUBLE = {
    Trouble.MISSING: "is missing",
    Trouble.UNKNOWN: "this paper has no {detail!r}",
    Trouble.UNFIT: "does not fit: {detail}",
    Trouble.NOTHING_LEFT: "every point was left out",
}


def register(app: typer.Typer) -> None:
    """Add `letter` to the program's commands."""
    app.command("letter")(letter)


def letter(  # noqa: PLR0917 - a command line's options have no order
    definition: Annotated[
        str, typer.Option(metavar="ID[@VERSION]", help="Which paper; --list names them.")
    ] = "",
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answers as .toml or .json.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="FORMATS", help="Any of docx,pdf,txt,eml,ics.")
    ] = "docx,pdf",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the files.")] = Path(),
    list_: Annotated[bool, typer.Option("--list", help="One line per paper, id first.")] = False,
    example_of: Annotated[
        str, typer.Option("--example", metavar="ID", help="Print a complete answers file.")
    ] = "",
) -> None:
    """Write a letter from a definition and an answers file."""
    library, today = _library(), datetime.now(BERLIN).date()
    if list_:
        _list(library)
    elif example_of:
        paper = _definition(library, example_of)
        typer.echo(example(paper, library, folder(), today), nl=False)
    elif not definition or answers is None:
        _refuse(["name a paper and a file: --definition ID --answers FILE, or use --list"])
    else:
        wanted = _formats(formats)
        _write(_composed(library, definition, answers, today), wanted, out)


def _library() -> Library:
    try:
        return read_library(folder())
    except DefinitionsRefusedError as refused:
        _refuse(str(problem) for problem in refused.problems)
    except (OSError, ValueError) as error:
        _refuse([f"the templates cannot be read: {error}"])


def _list(library: Library) -> None:
    for one in library.catalogue.definitions:
        variant = f" ({one.variant})" if one.variant else ""
        kinds = ", ".join(one.kinds) or "all"
        to = "the Kreis" if one.route is Route.DISTRICT else "the own council"
        typer.echo(f"{one.id}@{one.version}  {one.title}{variant}; to {to}; for: {kinds}")


def _definition(library: Library, wanted: str) -> Definition:
    id_, _, version = wanted.partition("@")
    if version and not _VERSION.fullmatch(version):
        _refuse([f"--definition {wanted}: the version is a number, e.g. {id_}@1"])
    catalogue = library.catalogue
    found = catalogue.exact(id_, int(version)) if version else catalogue.latest(id_)
    if found is None:
        known = ", ".join(one.id for one in catalogue.definitions)
        _refuse([f"--definition {wanted}: there is no such paper; there are {known}"])
    return found


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown or not wanted:
        named = ", ".join(unknown) or "nothing"
        _refuse([f"--format {named}: there are {','.join(FORMATS)}"])
    return wanted


def _composed(library: Library, wanted: str, path: Path, today: date) -> Letter:
    definition = _definition(library, wanted)
    file = _answers(path, library)
    answers = replace(file.answers, route=definition.route)
    municipality = library.register.get(answers.council.ags)
    assert municipality is not None, "reading the file checked the key"
    case = Case(
        definition=definition,
        answers=answers,
        municipality=municipality,
        register=library.register,
        today=today,
        texts=library.texts,
    )
    _check(path, file, case, library)
    return compose(
        definition=definition,
        answers=answers,
        municipality=municipality,
        register=library.register,
        today=today,
        texts=library.texts,
    )


def _answers(path: Path, library: Library) -> AnswersFile:
    from bot.paper import read_coverage  # noqa: PLC0415 - not needed for --list

    try:
        return read_answers(path, library.register, read_coverage())
    except AnswersRefusedError as refused:
        _refuse(_named(path, fault) for fault in refused.faults)
    except OSError as error:
        _refuse([f"{path}: cannot be read: {error.strerror}"])


def _check(path: Path, file: AnswersFile, case: Case, library: Library) -> None:
    definition, place = case.definition, case.municipality
    fitting = library.catalogue.variant_for(definition.paper, place, definition.route)
    faults = [_fault(file, problem) for problem in problems(case)]
    if fitting is None or fitting.id != definition.id:
        other = f"; use {fitting.id}" if fitting else ""
        reason = f"{definition.id} is not for {place.title} {place.name} ({place.kind}){other}"
        faults.append(file.fault("council.ags", reason))
    if faults:
        _refuse(_named(path, fault) for fault in faults)


def _fault(file: AnswersFile, problem: AnswerProblem) -> Fault:
    return file.fault(problem.key, _TROUBLE[problem.trouble].format(detail=problem.detail))


def _named(path: Path, fault: Fault) -> str:
    return f"{path}: {fault}"


def _write(letter: Letter, wanted: tuple[str, ...], out: Path) -> None:
    from bot.paper import (  # noqa: PLC0415 - slow to import, not needed for --list
        Format,
        Paper,
        UnprintableError,
        read_coverage,
    )

    paper = Paper(folder(), read_coverage())
    try:
        files = paper.render(letter, [Format(one) for one in wanted])
    except UnprintableError as error:
        _refuse([str(error)])
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file in files:
            (out / file.name).write_bytes(file.content)
            typer.echo(str(out / file.name))
    except OSError as error:
        _refuse([f"--out {out}: cannot be written: {error.strerror}"])
    made = {file.name.rpartition(".")[2] for file in files}
    for one in wanted:
        if one not in made:
            typer.echo(f"{one} left out: the answers hold no data for it", err=True)


def _refuse(reasons: Iterable[str]) -> NoReturn:
    for reason in reasons:
        typer.echo(f"kimbot letter: {reason}", err=True)
    raise typer.Exit(_REFUSED)
