// The messages of one place: days, threads, what is new; what did not change is not drawn again.

import { day, dayKey } from "./dates.js";
import { h, icon } from "./dom.js";
import { author, drawMessage } from "./message.js";

const CLOSE = 5 * 60; // seconds within which messages of one author stand together
const EMPTY = {
  im: ["This is where Rollcall and you talk.", "Drop a CSV with devices here, or begin with one of these:", ["/rollcall help", "/uploads new", "/devices list"]],
  channel: ["Nothing here yet.", "Rollcall posts here what everyone should see. Commands work here too.", ["/rollcall help"]],
};

export class MessageList {
  constructor({ column }) {
    this.column = column;
    this.drawn = new Map(); // by ts
    this.node = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-relevant": "additions text", tabindex: "0" });
  }

  clear() {
    this.drawn.clear();
    this.node.replaceChildren();
  }

  // Draws the messages of the place that is shown; `fresh` says that it was just opened.
  draw(state, fresh) {
    const list = this.node;
    const { reader } = this.column;
    const kind = state.places.find((place) => place.id === this.column.place)?.kind ?? "channel";
    const bottom = fresh || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const roots = state.messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts || !state.messages.some((other) => other.ts === one.thread_ts));
    const nodes = [];
    const drawn = new Map();
    let before = null;
    let shown = null;
    for (const message of roots) {
      const today = dayKey(message.ts, reader.zone);
      if (today !== shown) {
        shown = today;
        nodes.push(h("h2", { class: "day" }, h("span", {}, day(message.ts, reader.zone))));
        before = null;
      }
      const node = this.one(message, before, drawn, fresh);
      const replies = state.messages.filter((one) => one.thread_ts === message.ts && one.ts !== message.ts);
      this.thread(node, replies, drawn, fresh);
      nodes.push(node);
      before = replies.length ? null : message;
    }
    this.drawn = drawn;
    if (!nodes.length) nodes.push(this.empty(kind));
    if (this.column.busy) nodes.push(h("p", { class: "working", role: "status" }, h("i"), h("i"), h("i"), h("span", { class: "hidden" }, "Rollcall is working")));
    sync(list, nodes);
    if (bottom) list.scrollTop = list.scrollHeight;
    const last = nodes.at(-1);
    // One that is taller than the screen is read from its beginning.
    if (bottom && !fresh && last.offsetHeight > list.clientHeight) list.scrollTop = last.offsetTop - list.offsetTop;
  }

  empty(kind) {
    const [title, words, commands] = EMPTY[kind];
    const begin = (text) => h("button", { type: "button", class: "button small", onclick: () => this.column.composer.fill(text) }, text);
    return h("div", { class: "empty" }, icon(kind === "im" ? "chat" : "hash"), h("p", {}, title), h("p", {}, words), h("p", { class: "row" }, commands.map(begin)));
  }

  one(message, before, drawn, fresh) {
    const { reader } = this.column;
    const together = before && !message.only_you && !before.only_you && author(before, reader).name === author(message, reader).name && message.ts - before.ts < CLOSE;
    const key = JSON.stringify([message, Boolean(together), reader.zone]);
    const old = this.drawn.get(message.ts);
    if (old?.key === key) {
      drawn.set(message.ts, old);
      return old.node;
    }
    const reply = message.only_you ? null : () => this.column.composer.reply(message, author(message, reader).name);
    const node = drawMessage(message, { reader, who: this.column.who(), channel: this.column.place, overlay: this.column.overlay, together, reply, earlier: old?.node.form });
    if (!fresh) node.classList.add("new");
    drawn.set(message.ts, { key, node });
    return node;
  }

  thread(node, replies, drawn, fresh) {
    const host = node.querySelector(":scope > .body > .replies");
    let before = null;
    const nodes = replies.map((reply) => {
      const one = this.one(reply, before, drawn, fresh);
      before = reply;
      return one;
    });
    if (nodes.length) nodes.unshift((host.title2 ??= h("p", { class: "faint" })));
    if (host.title2) host.title2.textContent = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
    sync(host, nodes);
  }
}

// Makes `nodes` the children of `host`, touching only what differs, so that focus and selection stay.
function sync(host, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...host.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (host.children[index] !== node) host.insertBefore(node, host.children[index] ?? null);
  });
}
