// rich_text blocks and Markdown blocks as nodes.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelName, dateNode, link, mention } from "./text.js";

export function richText(block, reader) {
  return h("div", { class: "rich" }, (block.elements ?? []).map((part) => richPart(part, reader)));
}

function richPart(part, reader) {
  const pieces = () => part.elements.map((piece) => richPiece(piece, reader));
  switch (part.type) {
    case "rich_text_list": {
      const start = part.style === "ordered" && part.offset ? part.offset + 1 : undefined;
      return h(
        part.style === "ordered" ? "ol" : "ul",
        { class: `indent${Math.min(part.indent ?? 0, 4)}`, start },
        part.elements.map((item) => h("li", {}, item.elements.map((piece) => richPiece(piece, reader)))),
      );
    }
    case "rich_text_quote":
      return h("blockquote", {}, pieces());
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, pieces()));
    default:
      return h("p", {}, pieces());
  }
}

function richPiece(piece, reader) {
  const styled = (node) => {
    const style = piece.style ?? {};
    for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]])
      if (style[name]) node = h(tag, {}, node);
    return node;
  };
  switch (piece.type) {
    case "text":
      return styled(h("span", { class: "plain" }, piece.text));
    case "link":
      return styled(link(piece.url, piece.text || piece.url));
    case "user":
      return styled(mention(piece.user_id, reader));
    case "channel":
      return styled(channelName(piece.channel_id, reader));
    case "emoji":
      return emoji(piece.name) ?? `:${piece.name}:`;
    case "date":
      return dateNode(piece.timestamp, piece.format, reader, piece.fallback);
    case "broadcast":
      return h("span", { class: "mention loud" }, `@${piece.range}`);
    case "color":
      return h("code", {}, piece.value);
    default:
      return piece.text ?? "";
  }
}

// Standard Markdown: headings, lists, quotes, fences, tables, rules, and the usual marks inside a line.
export function markdown(text) {
  const root = h("div", { class: "rich markdown" });
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; ) {
    const taken = (test) => {
      const from = at;
      while (at < lines.length && test(lines[at])) at += 1;
      return lines.slice(from, at);
    };
    const line = lines[at];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.startsWith("```")) {
      at += 1;
      const code = taken((one) => !one.startsWith("```"));
      at += 1;
      root.append(h("pre", {}, h("code", {}, code.join("\n"))));
    } else if (heading) {
      at += 1;
      root.append(h(`h${Math.min(heading[1].length + 2, 6)}`, {}, marks(heading[2])));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      at += 1;
      root.append(h("hr"));
    } else if (/^\s*\|.*\|\s*$/.test(line) && /^\s*\|?[\s:|-]+\|?\s*$/.test(lines[at + 1] ?? "")) {
      root.append(markdownTable(taken((one) => /^\s*\|/.test(one))));
    } else if (/^>\s?/.test(line)) {
      root.append(h("blockquote", {}, marks(taken((one) => /^>/.test(one)).map((one) => one.replace(/^>\s?/, "")).join("\n"))));
    } else if (/^\s*([-*+]|\d+[.)])\s+/.test(line)) {
      const ordered = /^\s*\d/.test(line);
      const items = taken((one) => /^\s*([-*+]|\d+[.)])\s+/.test(one)).map((one) => one.replace(/^\s*([-*+]|\d+[.)])\s+/, ""));
      root.append(h(ordered ? "ol" : "ul", {}, items.map((item) => h("li", {}, task(item)))));
    } else if (!line.trim()) {
      at += 1;
    } else {
      const body = taken((one) => one.trim() && !/^(#{1,6}\s|```|>|\s*\||\s*[-*+]\s)/.test(one));
      if (!body.length) body.push(lines[at++]);
      root.append(h("p", {}, marks(body.join("\n"))));
    }
  }
  return root;
}

const task = (item) => {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(item);
  return box ? [box[1] === " " ? "☐ " : "☑ ", marks(box[2])] : marks(item);
};

function markdownTable(lines) {
  const rows = lines
    .filter((_, index) => index !== 1)
    .map((line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|")));
  const [head, ...body] = rows;
  return h(
    "div",
    { class: "scroller", tabindex: "0" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, marks(cell))))),
      h("tbody", {}, body.map((row) => h("tr", {}, row.map((cell) => h("td", {}, marks(cell)))))),
    ),
  );
}

const MARK = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|(https?:\/\/[^\s<>)]+)|:([\w+-]+):|\n/g;

function marks(text) {
  const out = [];
  let last = 0;
  for (const match of text.matchAll(MARK)) {
    out.push(text.slice(last, match.index));
    last = match.index + match[0].length;
    const [whole, code, label, url, bold, bold2, struck, italic, italic2, bare, name] = match;
    if (code) out.push(h("code", {}, code));
    else if (label) out.push(link(url, label));
    else if (bold ?? bold2) out.push(h("strong", {}, marks(bold ?? bold2)));
    else if (struck) out.push(h("s", {}, marks(struck)));
    else if (italic ?? italic2) out.push(h("em", {}, marks(italic ?? italic2)));
    else if (bare) out.push(link(bare, bare));
    else if (name) out.push(emoji(name) ?? whole);
    else out.push(h("br"));
  }
  out.push(text.slice(last));
  return out;
}
