/**
 * Reads an e-mail draft (.eml, RFC 5322 and MIME) just far enough to show it: who, subject, the
 * first plain text, the names of what is attached. Shows nothing itself.
 */

/**
 * @typedef {{headers: Map<string, string>, text: string, attachments: string[]}} Mail
 */

/** @param {string} raw one char per byte (latin-1) @returns {Mail} */
export function readMail(raw) {
  const mail = { headers: new Map(), text: "", attachments: /** @type {string[]} */ ([]) };
  const { headers, body } = split(raw);
  for (const [name, value] of headers) mail.headers.set(name, words(value));
  walk(headers, body, mail, 0);
  return mail;
}

/** @param {string} raw */
function split(raw) {
  const end = raw.search(/\r?\n\r?\n/);
  const head = end < 0 ? raw : raw.slice(0, end);
  const body = end < 0 ? "" : raw.slice(end).replace(/^\r?\n\r?\n/, "");
  const headers = new Map();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body };
}

/**
 * @param {Map<string, string>} headers
 * @param {string} body
 * @param {Mail} mail
 * @param {number} depth
 */
function walk(headers, body, mail, depth) {
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  const name = fileName(headers);
  if (boundary && depth < 8) {
    for (const part of body.split(`--${boundary}`).slice(1)) {
      if (part.startsWith("--")) break;
      const inner = split(part.replace(/^\r?\n/, ""));
      walk(inner.headers, inner.body, mail, depth + 1);
    }
  } else if (name) {
    mail.attachments.push(name);
  } else if (!mail.text && /^text\/plain/i.test(type)) {
    const charset = /charset="?([^";\s]+)"?/i.exec(type)?.[1] ?? "utf-8";
    mail.text = decode(unpack(body, headers.get("content-transfer-encoding") ?? ""), charset);
  }
}

/** The name of an attached file; RFC 2231 continuations are put together. */
function fileName(/** @type {Map<string, string>} */ headers) {
  const line = `${headers.get("content-disposition") ?? ""};${headers.get("content-type") ?? ""}`;
  const parts = [...line.matchAll(/(?:file)?name\*(\d*)\*?="?([^";]+)"?/gi)];
  if (!parts.length) return words(/(?:file)?name="?([^";]+)"?/i.exec(line)?.[1] ?? "");
  const first = parts[0][1];
  const whole = (first === "" ? parts.slice(0, 1) : parts).map((part) => part[2]).join("");
  try {
    return decodeURIComponent(whole.replace(/^[\w-]*'[\w-]*'/, ""));
  } catch {
    return whole;
  }
}

/** @param {string} body @param {string} encoding */
function unpack(body, encoding) {
  try {
    if (/base64/i.test(encoding)) return atob(body.replace(/\s+/g, ""));
  } catch {
    return body;
  }
  return /quoted-printable/i.test(encoding) ? quoted(body) : body;
}

/** @param {string} text */
function quoted(text) {
  return text.replace(/=\r?\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** @param {string} bytes one char per byte @param {string} charset */
function decode(bytes, charset) {
  const data = Uint8Array.from(bytes, (char) => char.charCodeAt(0));
  try {
    return new TextDecoder(charset).decode(data);
  } catch {
    return new TextDecoder().decode(data);
  }
}

/** RFC 2047 encoded words, and plain UTF-8 (RFC 6532). @param {string} value */
function words(value) {
  const encoded = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi;
  if (!encoded.test(value)) return decode(value, "utf-8");
  return value.replace(/\?=\s+=\?/g, "?==?").replace(encoded, (_, charset, kind, text) =>
    decode(/b/i.test(kind) ? unpack(text, "base64") : quoted(text.replaceAll("_", " ")), charset));
}
