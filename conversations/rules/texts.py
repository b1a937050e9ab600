"""Every text a person reads in the chat: Jinja2 blocks and button labels, in the person's language.

The sources come in by argument (templates/messages, templates/locale); German is the reference
and the message id, so a text missing in another language falls back to German by itself.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from gettext import NullTranslations
from typing import cast

from jinja2 import StrictUndefined, Template
from jinja2.loaders import DictLoader
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from conversations.rules import saying

REFERENCE = "de"
PARTS = "parts.jinja"


class Texts:
    """Texts by key: "inquiry/years" is the block `years` of messages/inquiry.jinja."""

    def __init__(
        self, messages: Mapping[str, str], translations: Mapping[str, NullTranslations]
    ) -> None:
        """`messages`: file name → content, labels in its *.toml; `translations`: by language."""
        self._labels: dict[str, str] = {}
        self._words: dict[str, list[str]] = {}
        for _, text in sorted((n, t) for n, t in messages.items() if n.endswith(".toml")):
            labels = tomllib.loads(text)
            self._labels |= {key: str(words) for key, words in labels["labels"].items()}
            self._words |= labels.get("words", {})
        self._translations = {REFERENCE: NullTranslations(), **translations}
        self._environments = {
            language: _environment(messages, translation, language)
            for language, translation in self._translations.items()
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The shipped languages, the reference first."""
        return tuple(self._translations)

    def nearest(self, tag: str) -> str:
        """The shipped language for an IETF tag ("en-GB" → "en"); English for an unknown one."""
        primary = tag.partition("-")[0].casefold()
        if primary in self._translations:
            return primary
        return REFERENCE if not primary or "en" not in self._translations else "en"

    def html(self, key: str, language: str, /, **values: object) -> str:
        """The text as Telegram HTML; every value is escaped unless it is Markup.

        Raises KeyError for an unknown key, UndefinedError for a missing value.
        """
        template, block = self._block(key, language)
        context = template.new_context(values)
        lines = "".join(template.blocks[block](context)).strip().splitlines()
        return "\n".join(line.strip() for line in lines)

    def plain(self, key: str, language: str, /, **values: object) -> str:
        """The text without markup, for toasts and alerts."""
        return Markup(self.html(key, language, **values)).striptags()  # noqa: S704

    def label(self, key: str, language: str, /, **values: object) -> str:
        """A button's words, as plain text."""
        text = self.translate(self._labels[key], language)
        return text % values if values else text

    def translate(self, text: str, language: str) -> str:
        """A text of a definition in the person's language; German where there is no other."""
        return self._translations[language].gettext(text) if text else text

    def means(self, key: str, language: str) -> frozenset[str]:
        """The typed words that mean the same as the button, casefolded, in every language."""
        words = [self.label(key, language), *self._words.get(key, ())]
        return frozenset(fold(word) for word in words)

    def reserved(
        self, text: str, language: str, offered: Collection[str] = frozenset()
    ) -> str | None:
        """The label key of a word that means a button at any step (back, cancel, yes).

        A word of several buttons means the one that is `offered`.
        """
        folded = fold(text)
        meant = [key for key in self._words if folded in self.means(key, language)]
        return next((key for key in meant if key in offered), next(iter(meant), None))

    def keys(self) -> Iterable[str]:
        """Every key there is: blocks and labels ("label:take"); for the tests of completeness."""
        environment = self._environments[REFERENCE]
        for name in set(environment.list_templates()) - {PARTS}:
            for block in environment.get_template(name).blocks:
                yield f"{name.removesuffix('.jinja')}/{block}"
        yield from (f"label:{key}" for key in self._labels)

    def _block(self, key: str, language: str) -> tuple[Template, str]:
        feature, _, block = key.partition("/")
        return self._environments[language].get_template(f"{feature}.jinja"), block


def fold(text: str) -> str:
    """A typed word as it is compared: without case, marks at the ends and pictograms."""
    return text.strip(" .!«»\"„“'[]*°✓↩✗✎+–-").casefold()


def _environment(
    messages: Mapping[str, str], translation: NullTranslations, language: str
) -> SandboxedEnvironment:
    sources = {name: text for name, text in messages.items() if name.endswith(".jinja")}
    environment = SandboxedEnvironment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    i18n = cast("saying.InstallsGettext", environment)
    i18n.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters.update(saying.filters(language))
    environment.globals["translate"] = translation.gettext
    environment.globals["parts"] = environment.get_template(PARTS).module
    return environment
