// Builds elements. Text always goes in as text, never as HTML.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let last = 0;
export const newId = (name) => `${name}-${++last}`;

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const PATHS = {
  send: "M3 10 17 4l-4.5 13-3-5.5zM9.5 11.5 17 4",
  clip: "m15.5 9-5.7 5.8a3.4 3.4 0 0 1-4.8-4.8L11 4a2.3 2.3 0 0 1 3.2 3.2l-5.9 6a1.1 1.1 0 0 1-1.6-1.6L12 6.3",
  close: "m5 5 10 10M15 5 5 15",
  back: "M12 4.5 6.5 10l5.5 5.5",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  file: "M6 2.5h5.5L15 6v11.5H6zM11.5 2.5V6H15",
  down: "M10 3.5v9m-4-3.6 4 4 4-4M4 16.5h12",
  home: "M3.5 9.5 10 4l6.5 5.5V16h-4.2v-4H7.7v4H3.5z",
  chat: "M3.5 4.5h13v9h-7l-3.5 3v-3H3.5z",
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M4 7.5h12.5M3.5 12.5H16",
  reply: "M8 5 3.5 9.2 8 13.5M4 9.2h7.5c3 0 5 2 5 5.3",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  bolt: "M11 2.5 4.5 11.5H9l-.5 6L15 8.5h-4.5z",
  info: "M10 9v5M10 6.4v.1M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z",
  warning: "M10 3 2.8 16h14.4zM10 8v4M10 13.9v.1",
  success: "m6.5 10.2 2.5 2.5 4.6-5M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z",
};

// Only addresses that a browser may follow safely become links.
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function bytes(size) {
  if (size < 1024) return `${size} B`;
  return size < 1048576 ? `${(size / 1024).toFixed(size < 10240 ? 1 : 0)} kB` : `${(size / 1048576).toFixed(1)} MB`;
}
