"""Letters to try the writers on: a usual one, a resolution, the barest, and a hostile one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.rules.letter import (
    Annex,
    Block,
    CalendarEntry,
    Heading,
    Item,
    Letter,
    Listing,
    MailDraft,
    Occasion,
    Paragraph,
    Part,
    Span,
    Text,
)

NBSP = "\u00a0"


def said(text: str) -> Text:
    """Text of our own."""
    return (Span(text=text),)


def typed(text: str) -> Text:
    """Text that a person typed."""
    return (Span(text=text, typed=True),)


QUESTIONS = Listing(
    items=(
        Item(
            label="1",
            text=(
                Span(text="In welcher Höhe hat die "),
                Span(text="Stadt Gelsenkirchen", typed=True),
                Span(text=" in den Jahren 2020 bis 2026 Fördermittel des Landes erhalten?"),
            ),
        ),
        Item(
            label="2",
            text=said("Wie wurden und werden diese Mittel eingesetzt?"),
            parts=(
                Part(label="a", text=said("Wofür wurden die Mittel im Einzelnen verwendet?")),
                Part(
                    label="b",
                    text=said(
                        "Wie viele Personalstellen wurden geschaffen, und mit welcher "
                        "sachlichen Zuständigkeit?"
                    ),
                ),
                Part(
                    label="c",
                    text=said(
                        "Wurden Menschen mit internationaler Familiengeschichte bei der Besetzung "
                        "der Stellen besonders berücksichtigt?"
                    ),
                ),
                Part(
                    label="d",
                    text=said(
                        "Welche Rolle spielen interkulturelle Kompetenzen im Auswahlverfahren?"
                    ),
                ),
            ),
        ),
        Item(
            label="3",
            text=said(
                "Welche Akteure waren in die Erstellung der Förderskizze eingebunden, mit der die "
                "Mittel beantragt wurden?"
            ),
        ),
        Item(
            label="4",
            text=said("Welche Planungen gibt es für das Jahr 2027 und die folgenden Jahre?"),
        ),
        Item(
            label="5",
            text=said(
                "Mit welchen Akteuren aus der Verwaltung und von außerhalb ist die Lenkungsgruppe "
                "besetzt?"
            ),
        ),
        Item(
            label="6",
            text=said("Wie ist die Zusammenarbeit unterhalb der Lenkungsgruppe geregelt?"),
            parts=(
                Part(
                    label="a",
                    text=said(
                        "Wurden, wie es das Handlungskonzept des Landes empfiehlt, Projektgruppen "
                        "und gegebenenfalls weitere Gremien eingerichtet?"
                    ),
                ),
                Part(label="b", text=said("Wenn ja: Welche Akteure sind in ihnen vertreten?")),
            ),
        ),
        Item(
            label="7",
            text=said("Wie ist unser Gremium beteiligt?"),
            parts=(
                Part(
                    label="a",
                    text=said(
                        "Auf welche Weise wird sichergestellt, dass der Integrationsrat "
                        "regelmäßig an der strategischen Steuerung und der politischen Begleitung "
                        "beteiligt ist?"
                    ),
                ),
                Part(
                    label="b",
                    text=said(
                        "Erhält der Integrationsrat alle Informationsvorlagen und "
                        "Beschlussdokumente, die das Kommunale Integrationsmanagement betreffen?"
                    ),
                ),
            ),
        ),
    )
)

REASONS: tuple[Block, ...] = (
    Paragraph(
        text=said(
            "Das Kommunale Integrationsmanagement ist ein wichtiger Teil der kommunalen "
            "Integrationsarbeit in Nordrhein-Westfalen. Es richtet sich vor allem an Geflüchtete "
            "und andere neu zugewanderte Menschen. Auch wer eine internationale Familiengeschichte "
            "hat und schon länger in Deutschland lebt, kann davon profitieren. Das Land stellt für "
            "die flächendeckende Umsetzung erhebliche Mittel bereit. Im Landeshaushalt für das "
            f"Jahr 2022 waren es 75{NBSP}Mio.{NBSP}€: 25,7{NBSP}Mio.{NBSP}€ für das strategische "
            f"Integrationsmanagement (Baustein{NBSP}1), 39,3{NBSP}Mio.{NBSP}€ für das Case "
            f"Management (Baustein{NBSP}2) und 10{NBSP}Mio.{NBSP}€ für die Verstetigung der "
            f"Integration (Baustein{NBSP}3)."
        )
    ),
    Paragraph(
        text=said(
            "Mit dem Programm lassen sich umfangreiche Veränderungen anstoßen und Strukturen "
            "verbessern. Ämter, Behörden und weitere Stellen, die Dienstleistungen für Menschen "
            "mit internationaler Familiengeschichte erbringen, sollen enger zusammenarbeiten und "
            "besser vernetzt sein. Dafür sorgt eine strategische Steuerung, die unterschiedlichste "
            "Akteure innerhalb und außerhalb der Verwaltung einbezieht. Nach dem Handlungskonzept "
            "des Landes gehören dazu das Kommunale Integrationszentrum, verschiedene Ämter, die "
            "Agentur für Arbeit, das Jobcenter, die Freie Wohlfahrtspflege, Vertretungen des "
            "bürgerschaftlichen Engagements, Träger von Sprachkursen, "
            "Migrantenselbstorganisationen und Vertretungen der Zielgruppe."
        )
    ),
    Paragraph(
        text=said(
            "Wenn die Integrationsarbeit vor Ort neu geordnet wird, ist das eine gute Gelegenheit, "
            "die Versorgung wirksamer zu gestalten. Umso wichtiger ist es, alle Akteure der "
            "Integrationspolitik in diesen Prozess einzubeziehen, insbesondere den Integrationsrat "
            "als das von den Menschen mit internationaler Familiengeschichte gewählte Gremium."
        )
    ),
)

BLOCKS: tuple[Block, ...] = (
    Paragraph(
        text=said(
            "seit 2020 wird in den Kreisen und kreisfreien Städten Nordrhein-Westfalens das "
            "Landesprogramm „Kommunales Integrationsmanagement“ umgesetzt. Es soll die Akteure der "
            "kommunalen Integrationsarbeit vernetzen, wirksamere Strukturen schaffen und die "
            "Teilhabechancen eingewanderter Menschen verbessern. Wesentlicher Bestandteil ist ein "
            "Case Management, das vor allem neu eingewanderte Menschen über die Grenzen der "
            "Rechtskreise hinweg lückenlos begleitet und unterstützt."
        )
    ),
    Paragraph(
        text=said(
            "Das Programm besteht aus drei Bausteinen, für die das Land Fördermittel bereitstellt. "
            "Gefördert werden Kommunen mit einem Kommunalen Integrationszentrum sowie Kommunen mit "
            "eigener Ausländerbehörde oder eigener Einbürgerungsbehörde. Sie stellen dafür einen "
            "Antrag und legen eine Förderskizze vor, die zeigt, wie das Programm umgesetzt wird."
        )
    ),
    Paragraph(
        text=(
            Span(text="Die "),
            Span(text="Stadt Gelsenkirchen", typed=True),
            Span(
                text=" erhält diese Fördermittel. Vor diesem Hintergrund bitte ich Sie, die "
                "folgenden Fragen zur schriftlichen Beantwortung an die Verwaltung weiterzuleiten:"
            ),
        )
    ),
    QUESTIONS,
    Heading(text=said("Begründung")),
    *REASONS,
)


def inquiry() -> Letter:
    """The KIM inquiry to the chair: all seven questions, full reasons."""
    return Letter(
        title="Anfrage zum Kommunalen Integrationsmanagement",
        author="Mehmet Kaya",
        slug="kim-anfrage-gelsenkirchen-2026-11-22",
        sender=(
            typed("Mehmet Kaya"),
            said("Mitglied des Integrationsrates"),
            typed("Liste „Miteinander“"),
            typed("Musterstraße 12, 45879 Gelsenkirchen"),
            typed("m.kaya@example.org"),
        ),
        return_line=typed("Mehmet Kaya · Musterstraße 12 · 45879 Gelsenkirchen"),
        recipient=(
            said("Vorsitzende des Integrationsrates"),
            (Span(text="Frau "), Span(text="Aylin Demir", typed=True)),
            typed("Stadt Gelsenkirchen"),
            typed("Ebertstraße 11"),
            typed("45879 Gelsenkirchen"),
        ),
        info=(
            ("Datum", said(f"22.{NBSP}November{NBSP}2026")),
            ("Gremium", typed("Integrationsrat der Stadt Gelsenkirchen")),
            ("Sitzung am", said(f"14.{NBSP}Januar{NBSP}2027")),
            ("Art", said("Anfrage")),
            ("Grundlage", said(f"§{NBSP}4 der Geschäftsordnung")),
        ),
        subject=(
            Span(text="Anfrage zur Umsetzung des Landesprogramms „Kommunales "),
            Span(text="Integrationsmanagement“ in der "),
            Span(text="Stadt Gelsenkirchen", typed=True),
        ),
        salutation=said("Sehr geehrte Frau Vorsitzende,"),
        blocks=BLOCKS,
        closing=said("Mit freundlichen Grüßen"),
        signature=(
            typed("Mehmet Kaya"),
            (Span(text="Mitglied des Integrationsrates, "), *typed("Liste „Miteinander“")),
        ),
        copies=(said("Geschäftsstelle des Integrationsrates"),),
        footer=said("Musteranfrage KIM, kreisfreie Städte, Fassung 2 (Stand 11/2026)"),
        dated=date(2026, 11, 22),
        mail=MailDraft(
            to="integrationsrat@example.org",
            sender="m.kaya@example.org",
            subject="Anfrage zum Kommunalen Integrationsmanagement (Sitzung am 14.01.2027)",
            text="Sehr geehrte Damen und Herren,\n\nanbei eine Anfrage für die Sitzung.\n\n"
            "Mit freundlichen Grüßen\nMehmet Kaya\n",
        ),
        calendar=(
            CalendarEntry(
                occasion=Occasion.DEADLINE,
                start=date(2026, 12, 24),
                title="Abgabe: Anfrage zu KIM",
                description="An die Geschäftsstelle; 21. Tag vor der Sitzung, § 4 GeschO",
            ),
            CalendarEntry(
                occasion=Occasion.MEETING,
                start=datetime(2027, 1, 14, 17, 0, tzinfo=ZoneInfo("Europe/Berlin")),
                title="Sitzung des Integrationsrates",
                location="Ratssaal; Ebertstraße 11, Gelsenkirchen",
            ),
        ),
    )


def resolution() -> Letter:
    """An Antrag with the resolution as its annex."""
    demands = Listing(
        items=(
            Item(
                label="1",
                text=said(
                    "Der Integrationsrat wird an der Erarbeitung der Konzepte beteiligt, mit denen "
                    "die Landesmittel beantragt werden."
                ),
            ),
            Item(
                label="2",
                text=said("Zum Umsetzungsstand wird regelmäßig im Integrationsrat berichtet."),
            ),
        )
    )
    return replace(
        inquiry(),
        title="Antrag: Resolution zum Kommunalen Integrationsmanagement",
        slug="kim-resolution-gelsenkirchen-2026-11-22",
        subject=said("Antrag: Resolution zum Kommunalen Integrationsmanagement"),
        blocks=(
            Paragraph(
                text=said("ich bitte Sie, den folgenden Antrag auf die Tagesordnung zu setzen.")
            ),
            Heading(text=said("Beschlussvorschlag")),
            Paragraph(text=said("Der Integrationsrat beschließt die Resolution in der Anlage.")),
            Heading(text=said("Begründung")),
            REASONS[2],
        ),
        enclosures=(said("Resolution"),),
        annexes=(
            Annex(
                title=said("Integrationsräte am Kommunalen Integrationsmanagement beteiligen!"),
                blocks=(*REASONS, Paragraph(text=said("Der Integrationsrat fordert:")), demands),
                signed=(*typed("Gelsenkirchen"), *said(f", 14.{NBSP}Januar{NBSP}2027")),
            ),
        ),
    )


def bare() -> Letter:
    """The least a letter can hold: no recipient, no return line, no footer, nothing beside."""
    return replace(
        inquiry(),
        sender=(typed("Mehmet Kaya"),),
        return_line=(),
        recipient=(),
        info=(("Datum", said("22.11.2026")),),
        blocks=(Paragraph(text=said("bitte antworten Sie.")),),
        signature=(typed("Mehmet Kaya"),),
        copies=(),
        footer=(),
        mail=replace(inquiry().mail, to=""),
        calendar=(),
    )


def filled(value: Callable[[str], str]) -> Letter:
    """A letter whose every text but the footer is typed: `value` gets the field's name."""

    def text(name: str) -> Text:
        return typed(value(name))

    def blocks(name: str) -> tuple[Block, ...]:
        part = Part(label="a", text=text(f"{name}.part"))
        return (
            Paragraph(text=(Span(text="Vor "), *text(f"{name}.paragraph"), Span(text=" nach."))),
            Heading(text=text(f"{name}.heading")),
            Listing(
                items=(
                    Item(label="1", text=text(f"{name}.item"), parts=(part,)),
                    Item(label="2", text=(), parts=(part,)),
                    Item(label="3", text=text(f"{name}.last")),
                )
            ),
        )

    return replace(
        inquiry(),
        title=value("title"),
        author=value("author"),
        sender=tuple(text(f"sender.{n}") for n in range(5)),
        return_line=text("return"),
        recipient=tuple(text(f"recipient.{n}") for n in range(9)),
        info=(("Datum", text("date")), ("Gremium", text("body"))),
        subject=text("subject"),
        salutation=text("salutation"),
        blocks=blocks("letter"),
        closing=text("closing"),
        signature=(text("signature"), text("function")),
        enclosures=(text("enclosure.1"), text("enclosure.2")),
        copies=(text("copy"),),
        footer=said("Fassung 2 (Stand 11/2026)"),
        annexes=(Annex(title=text("annex"), blocks=blocks("annex"), signed=text("signed")),),
        mail=MailDraft(
            to=value("to"), sender=value("from"), subject=value("mail"), text=value("body")
        ),
        calendar=(
            CalendarEntry(
                occasion=Occasion.DEADLINE,
                start=date(2026, 12, 24),
                title=value("entry"),
                description=value("entry.description"),
                location=value("entry.location"),
            ),
        ),
    )
