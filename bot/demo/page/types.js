/**
 * The shapes that travel between the page and the local server (its control API), for editors
 * and readers. No code here.
 *
 * @typedef {{id: number, first_name: string, last_name?: string, username?: string,
 *   role?: string, language_code?: string}} Person
 * @typedef {{id: number, name: string, closed: boolean}} Topic
 * @typedef {{id: number, type: string, title: string, is_forum: boolean, topics: Topic[],
 *   last: {id: number, text: string, date: string} | null, unread: number,
 *   can_write: boolean, blocked: boolean}} Chat
 * @typedef {{label: string, data?: string, url?: string}} Button
 * @typedef {{kind: string, name: string, mime: string, size: number, url: string,
 *   thumb_url: string | null, caption?: string}} Media
 * @typedef {{id: number, chat: number, thread: number | null,
 *   from: {id: number, name: string, is_bot: boolean}, out: boolean, date: string,
 *   edited: boolean, html: string, text: string, reply_to: number | null, buttons: Button[][],
 *   media: Media | null, album: string | null, service: string | null}} Message
 * @typedef {{command: string, description: string}} Command
 * @typedef {{now: string, offset_seconds: number}} Clock
 * @typedef {{people: Person[], chats: Chat[], me: number,
 *   bot: {id: number, first_name: string, username: string}, clock: Clock}} State
 *
 * What every part of the page is handed:
 * @typedef {{words: import("./words.js").Words, dates: import("./dates.js").Dates,
 *   server: import("./server.js").Server, notes: import("./memory.js").Memory,
 *   notices: import("./notices.js").Notices, say: (text: string) => void}} Kit
 */
export {};
