"""Messages within Telegram's limits, with every mark where it was."""

import json
from collections.abc import Iterable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.rules.graphemes import units
from conversations.rules.posting import (
    CAPTION,
    LIMIT,
    MOST_MARKS,
    MOST_PARTS,
    cleaned,
    fill,
    fits,
    parts,
    unknown,
)

FAMILY = "👩‍👩‍👧"
FLAG = "🇩🇪"
LETTERS = st.sampled_from(
    ["a", "ä", "e\u0301", "ب", "😀", FAMILY, FLAG, "👍🏽", " ", "\n", ". ", "\n\n"]
)
KINDS = st.sampled_from(["bold", "italic", "underline", "spoiler", "blockquote"])


def bold(offset: int, length: int) -> Mark:
    return Mark(type="bold", offset=offset, length=length)


def italic(offset: int, length: int) -> Mark:
    return Mark(type="italic", offset=offset, length=length)


def link(offset: int, length: int, url: str = "https://example.org") -> Mark:
    return Mark(type="text_link", offset=offset, length=length, url=url)


def marked(post: Post, mark: Mark) -> str:
    """The text below a mark, as Telegram would see it."""
    raw = post.text.encode("utf-16-le", "surrogatepass")
    return raw[2 * mark.offset : 2 * mark.end].decode("utf-16-le")


def shown(posts: Iterable[Post]) -> list[tuple[str, frozenset[str]]]:
    """Each unit that is no white space, with the kinds of marks on it."""
    found = []
    for post in posts:
        raw = post.text.encode("utf-16-le")
        kinds: list[set[str]] = [set() for _ in range(len(raw) // 2)]
        for mark in post.marks:
            for unit in range(mark.offset, mark.end):
                kinds[unit].add(mark.type)
        for unit, on in enumerate(kinds):
            half = raw[2 * unit : 2 * unit + 2]
            if not half.decode("utf-16-le", "ignore").isspace():
                found.append((half.hex(), frozenset(on)))
    return found


@st.composite
def posts(draw: st.DrawFn) -> Post:
    """Texts around the limit with marks over whole signs, nested and side by side."""
    signs = draw(st.lists(LETTERS, min_size=1, max_size=40)) * draw(st.integers(1, 200))
    starts = [0]
    for sign in signs:
        starts.append(starts[-1] + units(sign))
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        first, last = sorted((draw(st.integers(0, len(signs))), draw(st.integers(0, len(signs)))))
        if first < last:
            length = starts[last] - starts[first]
            marks.append(Mark(type=draw(KINDS), offset=starts[first], length=length))
    return Post(text="".join(signs), marks=tuple(marks))


@settings(deadline=None, max_examples=50)
@given(posts())
@example(Post(text="x" * LIMIT))
@example(Post(text="x" * (LIMIT + 1)))
@example(Post(text=FAMILY * 1000))
@example(Post(text="a" + "\u0301" * 5000))
def test_parts_lose_neither_a_sign_nor_a_mark(post: Post) -> None:
    """Put together, the parts are the text, and every sign has the marks that it had."""
    same = shown(parts(post)) == shown([post])
    assert same


@settings(deadline=None, max_examples=50)
@given(posts())
def test_no_part_is_beyond_telegrams_limits(post: Post) -> None:
    """Every part has 1 to 4,096 units, begins and ends with something to see, is at most 32 KiB
    as JSON, and its marks lie within it."""
    for part in parts(post):
        size = units(part.text)
        fields = [{"type": m.type, "offset": m.offset, "length": m.length} for m in part.marks]
        assert 1 <= size <= LIMIT
        assert part.text == part.text.strip()
        assert len(json.dumps({"text": part.text, "entities": fields})) <= 32 * 1024
        assert all(one.offset >= 0 and one.length > 0 and one.end <= size for one in part.marks)


@settings(deadline=None, max_examples=50)
@given(posts())
def test_no_part_tears_a_sign(post: Post) -> None:
    """No part begins with an accent, a skin tone or a joiner, and none ends with a joiner."""
    for part in parts(post):
        assert part.text[0] not in "\u0301\u200d\U0001f3fd"
        assert part.text[-1] != "\u200d"
        assert part.text.count("🇩") == part.text.count("🇪")


def test_a_text_that_fits_stays_whole() -> None:
    """4,096 units are one message."""
    assert parts(Post(text="x" * LIMIT)) == (Post(text="x" * LIMIT),)


def test_the_limit_counts_utf_16_units() -> None:
    """An emoji counts twice, so 2,049 of them are two messages."""
    assert [units(one.text) for one in parts(Post(text="😀" * 2049))] == [LIMIT, 2]


def test_cut_between_paragraphs() -> None:
    """A long text is cut where a paragraph ends, though lines and sentences would fit, too."""
    text = f"{'Satz eins. ' * 200}\n\n{'Satz zwei. ' * 150}\nEnde. {'x ' * 300}"
    assert parts(Post(text=text))[0].text == ("Satz eins. " * 200).strip()


def test_cut_between_lines_in_one_paragraph() -> None:
    """Without paragraphs it is cut at a line's end."""
    text = f"{'x ' * 1500}\n{'Ein Satz. ' * 200}"
    assert parts(Post(text=text))[0].text == ("x " * 1500).strip()


def test_cut_between_sentences_in_one_line() -> None:
    """Without lines it is cut at a sentence's end, which "z. B." and "14. Januar" are not."""
    text = f"{'x ' * 1600}Ende. Es gibt z. B. am 14. Januar {'x ' * 600}"
    assert parts(Post(text=text))[0].text.endswith("x Ende.")


def test_cut_between_words_in_one_sentence() -> None:
    """Without sentences no word is torn."""
    found = parts(Post(text="Wörter " * 700))
    assert {word for one in found for word in one.text.split()} == {"Wörter"}


def test_a_cut_leaves_no_stub() -> None:
    """A paragraph's end near the beginning is not taken: the first part is at least half full."""
    text = f"Guten Tag,\n\n{'x ' * 3000}"
    assert units(parts(Post(text=text))[0].text) > LIMIT / 2


def test_no_more_parts_than_needed_when_they_are_scarce() -> None:
    """A text of paragraphs just over half a message each is still four parts, not seven."""
    paragraph = "x" * 2100 + " " + "y" * 200
    assert len(parts(Post(text="\n\n".join([paragraph] * 6)))) <= MOST_PARTS


def test_a_mark_goes_on_in_the_next_part() -> None:
    """A bold text with a link in it is bold in both parts, and the link is whole."""
    text = "x " * 2100 + "Hier steht es"
    marks = (bold(0, units(text)), link(units(text) - 13, 13))
    first, second = parts(Post(text=text, marks=marks))
    assert [one.type for one in first.marks] == ["bold"]
    assert [(one.type, marked(second, one)) for one in second.marks] == [
        ("bold", second.text),
        ("text_link", "Hier steht es"),
    ]


def test_a_placeholder_is_never_torn() -> None:
    """A part ends before a placeholder or behind it."""
    text = "x" * 4090 + "{kommune}" + "y" * 10
    assert [one.text for one in parts(Post(text=text))] == ["x" * 4090, "{kommune}" + "y" * 10]


def test_a_placeholder_counts_as_its_longest_value() -> None:
    """A part full of placeholders is within the limit once they are filled, too."""
    found = parts(Post(text="{kommune} " * 100))
    filled = [fill(one, {"kommune": "x" * 500}) for one in found]
    assert len(found) > 1
    assert all(units(one.text) <= LIMIT for one in filled)


def test_more_marks_than_telegram_takes_are_more_parts() -> None:
    """Telegram ignores what is beyond a hundred marks, so the next part has them."""
    marks = tuple(bold(2 * place, 1) for place in range(150))
    found = parts(Post(text="x " * 150, marks=marks))
    assert [len(one.marks) <= MOST_MARKS for one in found] == [True, True]
    assert sum(len(one.marks) for one in found) == 150


def test_many_long_links_stay_within_32_kib() -> None:
    """Links count by their addresses, which readers do not see."""
    url = "https://example.org/" + "a" * 1000
    marks = tuple(link(2 * place, 1, url) for place in range(60))
    found = parts(Post(text="x " * 60, marks=marks))
    assert len(found) == 2


def test_a_short_caption_stays_below_the_picture() -> None:
    """A picture with up to 1,024 units is one message."""
    post = Post(text="x" * CAPTION, attached=Attached.PHOTO, file="F")
    assert parts(post) == (post,)


def test_a_picture_goes_ahead_of_a_long_caption() -> None:
    """With more, the picture goes first without caption, and the text follows."""
    text = "x" * (CAPTION + 1)
    post = Post(text=text, marks=(bold(0, 3),), attached=Attached.PHOTO, file="F")
    bare = Post(attached=Attached.PHOTO, file="F")
    assert parts(post) == (bare, Post(text=text, marks=(bold(0, 3),)))


def test_a_picture_needs_no_text() -> None:
    """A picture alone is one message."""
    assert fits(Post(attached=Attached.PHOTO, file="F"))


def test_d17_a_text_of_four_messages_fits_and_one_of_five_does_not() -> None:
    """Four messages are the most that one broadcast takes in a chat."""
    assert fits(Post(text="x" * 4 * LIMIT))
    assert not fits(Post(text="x" * (4 * LIMIT + 1)))


def test_nothing_does_not_fit() -> None:
    """Where there is nothing to send, nothing fits."""
    assert not fits(Post())


# --- placeholders ---------------------------------------------------------------------------------


def test_placeholders_are_filled() -> None:
    """Names in braces become the council's own words, in whatever case they were typed."""
    post = Post(text="Guten Tag, {gremium} der {Kommune}!")
    filled = fill(post, {"kommune": "Stadt Bonn", "gremium": "ACI"})
    assert filled.text == "Guten Tag, ACI der Stadt Bonn!"


def test_marks_move_and_stretch_with_a_filled_placeholder() -> None:
    """A mark over a placeholder covers its value, one behind it moves along, emoji and all."""
    text = "😀 {kommune} jetzt"
    post = Post(text=text, marks=(bold(3, 9), italic(13, 5)))
    filled = fill(post, {"kommune": "Stadt Köln 😀"})
    assert [marked(filled, one) for one in filled.marks] == ["Stadt Köln 😀", "jetzt"]


def test_a_mark_within_the_braces_covers_the_value() -> None:
    """Who made only the word bold, and not the braces, means the value."""
    filled = fill(Post(text="{kommune}", marks=(bold(1, 7),)), {"kommune": "Stadt Bonn"})
    assert filled.marks == (bold(0, 10),)


def test_a_value_is_never_filled_again() -> None:
    """A name that looks like a placeholder stays what it is."""
    filled = fill(Post(text="{gremium}"), {"gremium": "{kommune}", "kommune": "Stadt Bonn"})
    assert filled.text == "{kommune}"


def test_a_value_stays_in_its_line_and_is_cut() -> None:
    """A value of many lines becomes one of at most 100 units, and an emoji is not torn."""
    filled = fill(Post(text="{gremium}"), {"gremium": "a\nb " + "😀" * 90})
    assert filled.text.startswith("a b 😀")
    assert filled.text.endswith("😀…")
    assert units(filled.text) <= 100


def test_a_name_without_a_value_stays() -> None:
    """What has no value is left as it was typed."""
    assert fill(Post(text="{sic}"), {"kommune": "Stadt Bonn"}).text == "{sic}"


def test_unknown_placeholders_are_named_as_typed() -> None:
    """A misspelt placeholder is found, each once; the known ones are not."""
    assert unknown(Post(text="{Komune} {kommune} {Komune} {Ort}")) == ("Komune", "Ort")


# --- cleaning -------------------------------------------------------------------------------------


def test_controls_and_overrides_go_and_marks_stay_in_place() -> None:
    """Control characters and bidi overrides are taken out; a mark behind them moves along."""
    post = Post(text="a\u0007\u202eb\u0000 fett", marks=(bold(6, 4),))
    tidy = cleaned(post)
    assert tidy.text == "ab fett"
    assert marked(tidy, tidy.marks[0]) == "fett"


def test_white_space_at_the_ends_goes() -> None:
    """Telegram would trim it and the offsets would no longer fit."""
    assert cleaned(Post(text=" \n fett \n", marks=(bold(0, 9),))) == Post(
        text="fett", marks=(bold(0, 4),)
    )


def test_emoji_and_joined_letters_stay_whole() -> None:
    """Selectors, joiners and tags that make an emoji, and Persian joiners, are no rubbish."""
    text = f"❤️ {FAMILY} 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌روم"
    assert cleaned(Post(text=text)).text == text


def test_a_decomposed_letter_becomes_one() -> None:
    """A "u" with a separate diaeresis becomes "ü", and the mark behind it moves along."""
    tidy = cleaned(Post(text="fu\u0308r alle", marks=(bold(5, 4),)))
    assert (tidy.text, marked(tidy, tidy.marks[0])) == ("für alle", "alle")


def test_only_marks_that_a_bot_may_send_are_kept() -> None:
    """What Telegram finds by itself goes, and what names a person goes, in whatever disguise."""
    text = "x" * 40
    post = Post(
        text=text,
        marks=(
            Mark(type="mention", offset=0, length=4),
            Mark(type="text_mention", offset=0, length=4),
            Mark(type="hashtag", offset=0, length=4),
            link(5, 3, "tg://user?id=12345"),
            link(9, 3, "javascript:alert(1)"),
            link(13, 3),
            Mark(type="custom_emoji", offset=20, length=2, emoji="5368324170671202286"),
            Mark(type="pre", offset=30, length=2, language="python"),
        ),
    )
    assert [one.type for one in cleaned(post).marks] == ["text_link", "custom_emoji", "pre"]


def test_marks_beyond_the_text_are_cut() -> None:
    """A mark that says more than there is ends with the text."""
    assert cleaned(Post(text="kurz", marks=(bold(2, 99), bold(50, 3)))).marks == (bold(2, 2),)


def test_what_cannot_be_seen_is_nothing() -> None:
    """A text of joiners, selectors and blanks alone counts as empty."""
    assert cleaned(Post(text=" \u200d\u200b\ufe0f\u2800\u3164 ")).text == ""


@settings(deadline=None, max_examples=80)
@given(
    st.text(max_size=200), st.lists(st.tuples(st.integers(0, 220), st.integers(1, 50)), max_size=8)
)
def test_cleaning_twice_changes_nothing_more(text: str, places: list[tuple[int, int]]) -> None:
    """What is clean stays as it is, and its marks lie within it."""
    once = cleaned(Post(text=text, marks=tuple(bold(*place) for place in places)))
    assert cleaned(once) == once
    assert all(one.end <= units(once.text) for one in once.marks)
