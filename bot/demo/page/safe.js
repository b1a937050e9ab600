/**
 * Turns the server's message markup into nodes. The server escapes already; this is the second
 * lock: the markup is parsed in an inert template and only what is on the list is built anew.
 */
import { el } from "./dom.js";

const PLAIN = new Set(["B", "STRONG", "I", "EM", "U", "S", "DEL", "CODE", "PRE", "BLOCKQUOTE", "BR"]);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const LINKS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])|(?<![\w/@.])(\/[a-z][a-z0-9_]{0,31}(?:@\w+)?)(?![\w/])/gi;

/**
 * @param {string} html
 * @param {{spoiler: string, command: ((text: string) => void) | null}} ways the label of hidden
 *   text; what a press on a /command does (null: commands stay text)
 * @returns {DocumentFragment}
 */
export function safe(html, ways) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const out = document.createDocumentFragment();
  copy(template.content, out, ways, true);
  return out;
}

/**
 * @param {Node} from
 * @param {Node} to
 * @param {Parameters<typeof safe>[1]} ways
 * @param {boolean} links whether text may turn into links here
 */
function copy(from, to, ways, links) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (links) linked(node.textContent ?? "", to, ways);
      else to.appendChild(document.createTextNode(node.textContent ?? ""));
    } else if (node instanceof Element) {
      const made = element(node, ways);
      const inside = links && !["A", "CODE", "PRE"].includes(node.tagName);
      copy(node, made ?? to, ways, inside);
      if (made) to.appendChild(made);
    }
  }
}

/** @param {Element} node @param {Parameters<typeof safe>[1]} ways @returns {HTMLElement | null} */
function element(node, ways) {
  if (PLAIN.has(node.tagName)) return el(node.tagName.toLowerCase());
  if (node.tagName === "A") return anchor(node.getAttribute("href") ?? "");
  if (node.tagName === "TG-SPOILER" || node.classList.contains("tg-spoiler")
    || node.classList.contains("spoiler")) return spoiler(ways.spoiler);
  return null;
}

/** A link that leaves the page, or null when its scheme is none of ours. @param {string} href */
export function anchor(href) {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !SCHEMES.has(url.protocol)) return null;
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" });
}

/** @param {string} label */
function spoiler(label) {
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": label });
  node.addEventListener("click", show);
  node.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" || event.key === " ") show();
  });
  return node;
}

/** @param {string} text @param {Node} to @param {Parameters<typeof safe>[1]} ways */
function linked(text, to, ways) {
  let done = 0;
  for (const found of text.matchAll(LINKS)) {
    const [whole, url, command] = found;
    const made = url ? anchor(url) : commandButton(command, ways.command);
    if (!made) continue;
    made.append(whole);
    to.appendChild(document.createTextNode(text.slice(done, found.index)));
    to.appendChild(made);
    done = found.index + whole.length;
  }
  to.appendChild(document.createTextNode(text.slice(done)));
}

/** @param {string} text @param {((text: string) => void) | null} run */
function commandButton(text, run) {
  if (!run) return null;
  return el("button", { class: "command", type: "button", on: { click: () => run(text) } });
}
