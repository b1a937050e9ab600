"""Makes the shipped fonts from the unpacked originals: `python make.py FOLDER`.

FOLDER holds the unpacked Noto Sans and Vazirmatn (see README.md), at any depth. Writes the four
subsets and coverage.json beside itself. Run by hand when a font changes, never by the bot.
"""

import sys
from itertools import groupby
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

SOURCES = {
    "NotoSans_400Regular.ttf": "NotoSans-Regular.ttf",
    "NotoSans_700Bold.ttf": "NotoSans-Bold.ttf",
    "Vazirmatn_400Regular.ttf": "Vazirmatn-Regular.ttf",
    "Vazirmatn_700Bold.ttf": "Vazirmatn-Bold.ttf",
}

LATIN = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00AC),  # Latin-1 without the soft hyphen
    (0x00AE, 0x024F),  # Latin-1, Extended-A, Extended-B
    (0x0259, 0x0259),  # schwa of Azerbaijani
    (0x02B9, 0x02DD),  # modifier letters: apostrophes of transliteration
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x1F00, 0x1FFF),  # Greek Extended
    (0x2000, 0x200A),  # spaces
    (0x2010, 0x2027),  # dashes, quotes, bullets, ellipsis
    (0x202F, 0x205E),  # narrow space, per mille, primes
    (0x2070, 0x209C),  # super- and subscript digits
    (0x20A0, 0x20C0),  # currencies
    (0x2100, 0x214F),  # letterlike: numero, trademark
    (0x2150, 0x218B),  # fractions, Roman numerals
    (0x2212, 0x2212),  # minus
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xFB00, 0xFB06),  # Latin ligatures, as pasted from old PDFs
    (0xFFFD, 0xFFFD),
)
# The joiners are left to the Arabic font alone, so that a word that holds one is shaped as a whole.
ARABIC = (
    (0x0600, 0x06FF),
    (0x0750, 0x077F),
    (0x08A0, 0x08FF),
    (0x200C, 0x200D),
    (0xFB50, 0xFDFF),  # presentation forms, as pasted from old PDFs
    (0xFE70, 0xFEFC),
)
# No ligatures of Latin: one character, one glyph, so that text copied from the PDF is exact.
# For the same reason no mark is moved up or down: a cluster drawn at two heights is written to
# the PDF in two pieces, each with the text of the whole. Arabic marks sit well without anchors.
FEATURES = {
    "latin": ["ccmp", "locl", "mark", "kern"],
    "arabic": ["ccmp", "locl", "init", "medi", "fina", "rlig", "liga"],
}


def subset(source: Path, target: Path) -> frozenset[int]:
    """Writes the subset of one font and returns the code points it shows."""
    arabic = "Vazirmatn" in target.name
    options = Options(
        layout_features=FEATURES["arabic" if arabic else "latin"],
        hinting=False,
        glyph_names=False,
        recalc_timestamp=False,
        notdef_outline=True,
        name_IDs=["*"],
    )
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    ranges = ARABIC if arabic else LATIN
    subsetter.populate(unicodes=[c for first, last in ranges for c in range(first, last + 1)])
    subsetter.subset(font)
    flatten(font)
    font.save(target)
    return frozenset(font.getBestCmap())


def flatten(font: TTFont) -> None:
    """Lets marks be centred on their letter, but keeps the height they are drawn at."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            table = getattr(subtable, "ExtSubTable", subtable)
            if table.LookupType == 4:  # mark to base
                records = table.BaseArray.BaseRecord
                anchors = [anchor for record in records for anchor in record.BaseAnchor]
                anchors += [record.MarkAnchor for record in table.MarkArray.MarkRecord]
                for anchor in filter(None, anchors):
                    anchor.YCoordinate = 0


def ranges(points: frozenset[int]) -> list[tuple[int, int]]:
    """The code points as (first, last) pairs, ascending."""
    runs = groupby(enumerate(sorted(points)), key=lambda pair: pair[1] - pair[0])
    lists = [[point for _, point in run] for _, run in runs]
    return [(run[0], run[-1]) for run in lists]


def main(folder: Path) -> None:
    """Makes all fonts and the list of what both weights of either family can show."""
    found = {path.name: path for path in folder.rglob("*.ttf")}
    shown = {new: subset(found[old], HERE / new) for old, new in SOURCES.items()}
    latin = shown["NotoSans-Regular.ttf"] & shown["NotoSans-Bold.ttf"]
    arabic = shown["Vazirmatn-Regular.ttf"] & shown["Vazirmatn-Bold.ttf"]
    lines = ",\n".join(f"  [{first}, {last}]" for first, last in ranges(latin | arabic))
    (HERE / "coverage.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
