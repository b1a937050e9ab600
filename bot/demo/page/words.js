/**
 * The page's texts. They live in templates/demo/<language>.json; German is the reference and
 * stands in where another language has no text.
 */

export const LANGUAGES = Object.freeze({ de: "Deutsch", en: "English" });

export class Words {
  /**
   * @param {string} language
   * @param {Record<string, string>} texts
   */
  constructor(language, texts) {
    this.language = language;
    this.texts = texts;
    this.plural = new Intl.PluralRules(language);
    this.number = new Intl.NumberFormat(language);
  }

  /**
   * The text of a key with its `{names}` filled in; an unknown key shows itself.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const text = this.texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /** @param {string} key */
  knows(key) {
    return key in this.texts;
  }

  /**
   * The form of a key that fits a number (`.one`, `.other`).
   * @param {string} key
   * @param {number} count
   * @param {Record<string, string | number>} [values]
   */
  count(key, count, values = {}) {
    const form = `${key}.${this.plural.select(count)}`;
    const known = this.knows(form) ? form : `${key}.other`;
    return this.say(known, { count: this.number.format(count), ...values });
  }

  /** A person's role in words. @param {string | undefined} role */
  role(role) {
    const key = `people.role.${role || "none"}`;
    return this.knows(key) ? this.say(key) : String(role);
  }
}

/**
 * @param {string} language one of LANGUAGES
 * @returns {Promise<Words>}
 */
export async function load(language) {
  const fetched = await Promise.all(["de", language].map(async (one) => {
    const response = await fetch(`/page/texts/${one}.json`, { cache: "no-store" });
    if (!response.ok) throw new Error(`texts ${one}: ${response.status}`);
    return response.json();
  }));
  return new Words(language, Object.assign({}, ...fetched));
}
