/**
 * A file opened inside the page: PDF in the browser's own viewer, pictures, text and e-mail
 * drafts. Every preview also offers the file itself.
 */
import { el } from "./dom.js";
import { viewer } from "./files.js";
import { icon } from "./icons.js";
import { readMail } from "./mail.js";

const LONGEST = 200_000;
/** What the server lets a browser show by itself. */
const IN_TAB = new Set(["pdf", "image"]);

/**
 * @param {import("./types.js").Media} media
 * @param {import("./types.js").Kit} kit
 */
export function openPreview(media, kit) {
  const { words } = kit;
  const body = el("div", { class: "preview-body" });
  const dialog = el("dialog", { class: "preview",
    "aria-label": words.say("preview.label", { name: media.name }) }, head(media, kit), body);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (/** @type {Event} */ event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  fill(body, media, kit).catch(() => {
    body.replaceChildren(el("p", { class: "preview-note" }, words.say("preview.failed")));
  });
}

/** @param {import("./types.js").Media} media @param {import("./types.js").Kit} kit */
function head(media, { words, dates }) {
  const size = dates.size(media.size);
  const close = words.say("preview.close");
  return el("header", { class: "preview-head" },
    el("h2", {}, el("bdi", {}, media.name)),
    IN_TAB.has(viewer(media) ?? "") && el("a",
      { class: "way", href: media.url, target: "_blank", rel: "noopener",
        "aria-label": words.say("preview.tab") },
      icon("link"), el("span", {}, words.say("preview.tab"))),
    el("a", { class: "way", href: media.url, download: media.name,
      "aria-label": words.say("file.download.named", { name: media.name, size }) },
    icon("download"), el("span", {}, words.say("file.download"))),
    el("button", { class: "round", type: "button", "aria-label": close,
      on: { click: (/** @type {any} */ event) => event.currentTarget.closest("dialog").close() } },
    icon("close")));
}

/**
 * @param {HTMLElement} body
 * @param {import("./types.js").Media} media
 * @param {import("./types.js").Kit} kit
 */
async function fill(body, media, kit) {
  const kind = viewer(media);
  const label = kit.words.say("preview.frame", { name: media.name });
  if (kind === "pdf") {
    body.append(pdf(media, label, kit));
  } else if (kind === "image") {
    body.append(el("img", { src: media.url, alt: media.caption || media.name }));
  } else {
    const response = await fetch(media.url);
    if (!response.ok) throw new Error(String(response.status));
    const bytes = new Uint8Array(await response.arrayBuffer());
    body.append(kind === "mail" ? mail(bytes, label, kit) : plain(bytes, label));
    if (kind === "text" && bytes.length > LONGEST) {
      body.append(el("p", { class: "preview-note" }, kit.words.say("preview.cut")));
    }
  }
}

/** @param {import("./types.js").Media} media @param {string} label @param {import("./types.js").Kit} kit */
function pdf(media, label, kit) {
  if (navigator.pdfViewerEnabled === false) {
    return el("p", { class: "preview-note" }, kit.words.say("preview.pdf.fallback"));
  }
  // Open parameters of PDF viewers: no column of small pages, the page as wide as the window.
  return el("iframe", { src: `${media.url}#navpanes=0&view=FitH`, title: label });
}

/** @param {Uint8Array} bytes @param {string} label */
function plain(bytes, label) {
  const text = new TextDecoder().decode(bytes.subarray(0, LONGEST));
  // RFC 5545 folds long lines with a blank; readers unfold them.
  const unfolded = text.startsWith("BEGIN:VCALENDAR") ? text.replace(/\r?\n[ \t]/g, "") : text;
  return el("pre", { tabindex: 0, dir: "auto", "aria-label": label }, unfolded);
}

/** @param {Uint8Array} bytes @param {string} label @param {import("./types.js").Kit} kit */
function mail(bytes, label, { words }) {
  let raw = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  const { headers, text, attachments } = readMail(raw);
  const lines = ["from", "to", "cc", "subject", "date"].filter((name) => headers.get(name));
  const list = el("dl", {}, ...lines.flatMap((name) => [
    el("dt", {}, words.say(`preview.mail.${name}`)),
    el("dd", { dir: "auto" }, headers.get(name) ?? "")]));
  if (attachments.length) {
    list.append(el("dt", {}, words.say("preview.mail.attachments")),
      el("dd", { dir: "auto" }, attachments.join(", ")));
  }
  return el("div", { class: "mail", tabindex: 0, role: "document", "aria-label": label },
    list, el("pre", { dir: "auto" }, text));
}
