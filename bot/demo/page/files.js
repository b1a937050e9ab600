/**
 * Files in a conversation: a card with name, size and kind, or the picture itself.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";

const KINDS = Object.freeze({
  pdf: "pdf", docx: "docx", doc: "docx", odt: "docx", txt: "txt", md: "txt", csv: "sheet",
  xlsx: "sheet", ods: "sheet", eml: "eml", ics: "ics", png: "image", jpg: "image", jpeg: "image",
  gif: "image", webp: "image", svg: "other", mp3: "audio", ogg: "audio", oga: "audio",
  mp4: "video", zip: "zip",
});
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** @param {import("./types.js").Media} media */
function ending(media) {
  const dot = media.name.lastIndexOf(".");
  return dot < 0 ? "" : media.name.slice(dot + 1).toLowerCase();
}

/**
 * How a file can be shown in the page: "pdf", "image", "text", "mail", or null.
 * @param {import("./types.js").Media} media
 */
export function viewer(media) {
  if (!media.url) return null;
  if (media.mime === "application/pdf") return "pdf";
  if (PICTURES.has(media.mime)) return "image";
  if (media.mime === "message/rfc822" || ending(media) === "eml") return "mail";
  return media.mime?.startsWith("text/") || ["txt", "ics", "md", "csv"].includes(ending(media))
    ? "text" : null;
}

/**
 * @param {import("./types.js").Media} media
 * @param {import("./bubble.js").Scene} scene
 * @returns {HTMLElement}
 */
export function file(media, scene) {
  const shown = media.kind !== "document" && viewer(media) === "image";
  return shown ? picture(media, scene) : card(media, scene);
}

/** @param {import("./types.js").Media} media @param {import("./bubble.js").Scene} scene */
function picture(media, scene) {
  const label = scene.kit.words.say("file.image", { name: media.name });
  const image = el("img", { src: media.thumb_url ?? media.url, alt: "", loading: "lazy" });
  return el("button", {
    class: "picture", type: "button", "aria-label": label,
    on: { click: () => scene.preview(media) },
  }, image);
}

/** @param {import("./types.js").Media} media @param {import("./bubble.js").Scene} scene */
function card(media, scene) {
  const { words, dates } = scene.kit;
  const end = ending(media);
  const known = /** @type {Record<string, string>} */ (KINDS)[end];
  const kind = known ?? (words.knows(`file.kind.${media.kind}`) ? media.kind : "other");
  const size = media.size ? dates.size(media.size) : "";
  const sort = words.say(`file.kind.${kind}`);
  return el("div", { class: "file", data: { kind } },
    el("span", { class: "file-badge", "aria-hidden": "true" }, end.slice(0, 4) || "…"),
    el("div", { class: "file-about" },
      el("bdi", { class: "file-name", title: media.name }, media.name || sort),
      el("span", { class: "file-size" }, [media.name && sort, size].filter(Boolean).join(" · "))),
    media.url && el("div", { class: "file-ways" }, view(media, scene), download(media, size, scene)));
}

/** @param {import("./types.js").Media} media @param {import("./bubble.js").Scene} scene */
function view(media, scene) {
  if (!viewer(media)) return null;
  const { words } = scene.kit;
  return el("button", {
    class: "way", type: "button", "aria-label": words.say("file.view.named", { name: media.name }),
    on: { click: () => scene.preview(media) },
  }, icon("view"), words.say("file.view"));
}

/**
 * @param {import("./types.js").Media} media
 * @param {string} size
 * @param {import("./bubble.js").Scene} scene
 */
function download(media, size, scene) {
  const { words } = scene.kit;
  return el("a", {
    class: "way", href: media.url, download: media.name,
    "aria-label": words.say("file.download.named", { name: media.name, size }),
  }, icon("download"), words.say("file.download"));
}
