// Slack's mrkdwn and plain text as nodes. Nothing here ever builds HTML from text.

import { formatted, full } from "./dates.js";
import { h, safeUrl } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export const plain = (text) => withEmoji(unescaped(text ?? ""));

export function textObject(object, reader) {
  if (!object) return "";
  return object.type === "mrkdwn" ? mrkdwn(object.text, reader) : h("span", { class: "plain" }, plain(object.text));
}

export function mrkdwn(text, reader) {
  const root = document.createDocumentFragment();
  for (const [index, piece] of (text ?? "").split("```").entries()) {
    if (index % 2) root.append(h("pre", {}, h("code", {}, unescaped(flat(piece.replace(/^\n|\n$/g, ""))))));
    else root.append(...paragraphs(index ? piece.replace(/^\n/, "") : piece, reader));
  }
  return root;
}

function paragraphs(text, reader) {
  const out = [];
  let quote = null;
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(h("br"));
      else out.push((quote = h("blockquote")));
      quote.append(...inline(quoted[1], reader));
      return;
    }
    if (index && !quote) out.push(h("br"));
    quote = null;
    out.push(...inline(line, reader));
  });
  return out;
}

const TOKEN = new RegExp(
  [
    "`([^`\\n]+)`", // 1 code
    "<([^<>\\n]+)>", // 2 link, mention or date
    ":([\\w+-]+):", // 3 emoji
    "(?<![\\w*])\\*(?=\\S)([^\\n]*?\\S)\\*(?![\\w*])", // 4 bold
    "(?<!\\w)_(?=\\S)([^\\n]*?\\S)_(?!\\w)", // 5 italics
    "(?<![\\w~])~(?=\\S)([^\\n]*?\\S)~(?![\\w~])", // 6 struck
    "(https?://[^\\s<>|]+[^\\s<>|.,;:!?)\\]'\"])", // 7 bare address
  ].join("|"),
  "g",
);

function inline(text, reader) {
  const out = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) out.push(unescaped(text.slice(last, match.index)));
    last = match.index + match[0].length;
    const [whole, code, special, name, bold, italic, struck, url] = match;
    if (code !== undefined) out.push(h("code", {}, unescaped(flat(code))));
    else if (special !== undefined) out.push(angled(special, reader));
    else if (name !== undefined) out.push(emoji(name) ?? whole);
    else if (bold !== undefined) out.push(h("strong", {}, inline(bold, reader)));
    else if (italic !== undefined) out.push(h("em", {}, inline(italic, reader)));
    else if (struck !== undefined) out.push(h("s", {}, inline(struck, reader)));
    else out.push(link(unescaped(url), unescaped(url)));
  }
  if (last < text.length) out.push(unescaped(text.slice(last)));
  return out;
}

// Inside code an angled link is shown by its address or label.
const flat = (text) => text.replace(/<([^<>|\n]+)(?:\|([^<>\n]*))?>/g, (whole, target, label) =>
  /^(https?:|mailto:)/.test(target) ? (label ?? target) : whole);

export function link(url, label) {
  const href = safeUrl(url);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label) : label;
}

export function mention(id, reader) {
  const name = id === reader.bot ? "Rollcall" : (reader.names[id] ?? id);
  return h("span", { class: id === reader.id ? "mention you" : "mention" }, `@${name}`);
}

export function channelName(id, reader) {
  return h("span", { class: "mention" }, `#${reader.places.find((place) => place.id === id)?.name ?? id}`);
}

export function dateNode(epoch, pattern, reader, fallback) {
  if (!Number.isFinite(epoch)) return fallback ?? "";
  return h(
    "time",
    { datetime: new Date(epoch * 1000).toISOString(), title: full(epoch, reader.zone) },
    formatted(epoch, pattern, reader.zone),
  );
}

function angled(special, reader) {
  const bar = special.indexOf("|");
  const target = bar < 0 ? special : special.slice(0, bar);
  const label = bar < 0 ? null : unescaped(special.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1), reader);
  if (target.startsWith("#")) return channelName(target.slice(1), reader);
  if (target.startsWith("!date^")) {
    const [, epoch, pattern, url] = target.split("^");
    const shown = dateNode(Number(epoch), unescaped(pattern ?? ""), reader, label);
    return url ? link(unescaped(url), shown) : shown;
  }
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label ?? "@group");
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${target.slice(1)}`);
  if (!/^[a-z][a-z\d+.-]*:/i.test(target)) return `<${unescaped(special)}>`;
  return link(unescaped(target), label === null ? unescaped(target.replace(/^mailto:/, "")) : withEmoji(label));
}
