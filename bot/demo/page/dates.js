/**
 * Dates, times and sizes in words, always in the councils' time zone, whatever the device says.
 */

const ZONE = "Europe/Berlin";

export class Dates {
  /** @param {string} language */
  constructor(language) {
    const locale = language === "en" ? "en-GB" : language;
    const form = (/** @type {Intl.DateTimeFormatOptions} */ options) =>
      new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
    this.weekdays = form({ weekday: "short" });
    this.days = form(language === "en"
      ? { day: "numeric", month: "short", year: "numeric" }
      : { day: "2-digit", month: "2-digit", year: "numeric" });
    this.briefs = form(language === "en"
      ? { day: "numeric", month: "short", year: "2-digit" }
      : { day: "2-digit", month: "2-digit", year: "2-digit" });
    this.times = form({ hour: "2-digit", minute: "2-digit" });
    // Swedish writes dates as ISO 8601 does.
    this.keys = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });
    this.numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  }

  /** 2027-03-12: to compare days and for date fields. @param {Date} date */
  key(date) {
    return this.keys.format(date);
  }

  /** Fr 12.03.2027. @param {Date} date */
  day(date) {
    return `${this.weekdays.format(date).replace(".", "")} ${this.days.format(date)}`;
  }

  /** Fr 12.03.27, where room is short. @param {Date} date */
  brief(date) {
    return `${this.weekdays.format(date).replace(".", "")} ${this.briefs.format(date)}`;
  }

  /** 14:05. @param {Date} date */
  time(date) {
    return this.times.format(date);
  }

  /** 23,4 kB. @param {number} bytes */
  size(bytes) {
    if (bytes < 1000) return `${bytes} B`;
    if (bytes < 1_000_000) return `${this.numbers.format(bytes / 1000)} kB`;
    return `${this.numbers.format(bytes / 1_000_000)} MB`;
  }
}

/**
 * Whole days between two ISO days, by the calendar.
 * @param {string} from
 * @param {string} to
 */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
