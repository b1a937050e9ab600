/**
 * The page's own line icons, drawn on a 24 × 24 grid. Decoration: hidden from screen readers.
 */

const PATHS = Object.freeze({
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  send: "M5 12h13M12 5.500l6.500 6.500-6.500 6.500",
  save: "M5 12.500l4.500 4.500L19 7.500",
  attach: "M19 11.500l-7.200 7.200a4.500 4.500 0 0 1-6.400-6.400l7.700-7.700a3 3 0 0 1 4.300 4.300l-7.600 7.600a1.500 1.500 0 0 1-2.200-2.200l6.700-6.700",
  slash: "M14.500 5l-5 14",
  down: "M6 10l6 6 6-6",
  reply: "M10 7l-5 5 5 5M5 12h9a5 5 0 0 1 5 5v1",
  edit: "M5 19l1-4L16 5l3 3L9 18l-4 1z",
  copy: "M9 9h10v10H9zM5 15V5h10",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.500l3 2",
  settings: "M5 8h9M18 8h1M5 16h1M10 16h9M16 6v4M8 14v4",
  columns: "M4 5h16v14H4zM12 5v14",
  download: "M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14",
  view: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  link: "M9 15l6-6M10.500 6.500l2-2a4 4 0 0 1 6 6l-2 2M13.500 17.500l-2 2a4 4 0 0 1-6-6l2-2",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19a5.500 5.500 0 0 1 11 0M16 5.500a3 3 0 0 1 0 5.500M17 14a5.500 5.500 0 0 1 3.500 5",
  channel: "M4 10v4h3l8 4V6l-8 4H4zM18 9.500a4 4 0 0 1 0 5",
  bot: "M5 6.500h14v10h-8l-4 3.500v-3.500H5zM9.500 11.500h.01M14.500 11.500h.01",
  remove: "M7 7l10 10M17 7L7 17",
});

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
