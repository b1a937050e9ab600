/**
 * Starts the chat page: texts, the first look at the server, then the shell. The only module that
 * acts on being loaded.
 */
import { Banner } from "./banner.js";
import { Dates } from "./dates.js";
import { el } from "./dom.js";
import { remember } from "./memory.js";
import { Notices } from "./notices.js";
import { Server } from "./server.js";
import { wear } from "./settings.js";
import { Shell } from "./shell.js";
import { LANGUAGES, load } from "./words.js";

const RETRY_MS = 1500;

/**
 * @param {import("./memory.js").Memory} notes
 * @param {string} language
 */
async function start(notes, language) {
  const words = await load(language);
  const notices = new Notices();
  const banner = new Banner(words, (text) => notices.toast(text));
  const server = new Server((reachable) => {
    if (!reachable) banner.set(Math.max(banner.times + 1, 3));
    else if (banner.times > 2) banner.set(0);
  });
  const dates = new Dates(language);
  const kit = { words, dates, server, notes, notices, say: (/** @type {string} */ text) => notices.say(text) };
  document.documentElement.lang = language;
  document.title = words.say("page.title");
  document.body.replaceChildren(banner.node, el("p", { class: "loading", role: "status" },
    words.say("page.loading")));
  const state = await firstLook(server);
  if (!state.people.length) {
    document.body.replaceChildren(banner.node, el("p", { class: "loading" }, words.say("notice.nobody")));
    return;
  }
  const shell = new Shell(kit, state, (to) => {
    notes.set("setting", "language", to);
    shell.close();
    start(notes, to);
  });
  shell.lost = (times) => banner.set(times);
  document.body.replaceChildren(banner.node, shell.node);
  await shell.open();
}

/** Asks until the server answers. @param {Server} server */
async function firstLook(server) {
  for (;;) {
    const state = await server.state().catch(() => null);
    if (state) return state;
    await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
  }
}

const notes = remember();
wear(notes.get("setting", "theme"));
const wanted = notes.get("setting", "language") ?? "de";
await start(notes, wanted in LANGUAGES ? wanted : "de");
