/**
 * Colours, language and keyboard of the page, in one panel.
 */
import { disclose, el } from "./dom.js";
import { icon } from "./icons.js";
import { openShortcuts } from "./shortcuts.js";
import { LANGUAGES } from "./words.js";

const THEMES = ["system", "light", "dark"];

/** Puts the chosen colours on the document. @param {string | null} theme */
export function wear(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/**
 * @param {import("./types.js").Kit} kit
 * @param {(language: string) => void} speak
 * @returns {HTMLElement}
 */
export function settings(kit, speak) {
  const { words, notes } = kit;
  const name = words.say("settings.label");
  const button = el("button", { class: "round", type: "button", "aria-label": name, title: name },
    icon("settings"));
  const keys = el("input", { type: "checkbox",
    on: { change: () => notes.set("setting", "keys", keys.checked) } });
  keys.checked = notes.get("setting", "keys") ?? true;
  const panel = el("div", { class: "panel", role: "group",
    "aria-label": name },
  choice(words.say("settings.theme"), "theme", notes.get("setting", "theme") ?? "system",
    THEMES.map((one) => [one, words.say(`settings.theme.${one}`)]),
    (theme) => { notes.set("setting", "theme", theme); wear(theme); }),
  choice(words.say("settings.language"), "language", words.language,
    Object.entries(LANGUAGES), speak),
  el("label", { class: "check" }, keys, words.say("settings.keys")),
  el("button", { type: "button", on: { click: () => { shown.close(); openShortcuts(words); } } },
    words.say("settings.shortcuts")));
  const shown = disclose(button, panel);
  return el("div", { class: "settings" }, button, panel);
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string} value
 * @param {string[][]} options
 * @param {(value: string) => void} choose
 */
function choice(label, name, value, options, choose) {
  return el("fieldset", {}, el("legend", {}, label), el("div", { class: "choice" },
    ...options.map(([option, text]) => {
      const input = el("input", { type: "radio", name, value: option,
        on: { change: () => choose(option) } });
      input.checked = option === value;
      return el("label", { lang: name === "language" && option }, input, el("span", {}, text));
    })));
}
