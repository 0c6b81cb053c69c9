// Where a person types, with hints for slash commands and a place for files.

import { inWords, post, upload } from "./api.js";
import { bytes, h, icon, newId } from "./dom.js";

export class Composer {
  constructor({ commands, who, place, sent }) {
    Object.assign(this, { commands, who, place, sent });
    this.files = [];
    this.thread = null;
    this.past = [];
    this.back = 0;
    this.at = 0;
    const listId = newId("commands");
    const inputId = newId("type");
    this.list = h("ul", { class: "options up", role: "listbox", id: listId, hidden: true, "aria-label": "Commands" });
    this.hint = h("p", { class: "usage", hidden: true });
    this.chips = h("div", { class: "chips", "aria-live": "polite" });
    this.label = h("label", { for: inputId, class: "hidden" }, "Message");
    this.input = h("textarea", { id: inputId, rows: 1, role: "combobox", "aria-autocomplete": "list", "aria-controls": listId, "aria-expanded": "false", "aria-haspopup": "listbox" });
    this.error = h("p", { class: "notice", role: "alert", hidden: true });
    const chooser = h("input", { type: "file", class: "hidden", multiple: true, tabindex: "-1", "aria-label": "Files to send" });
    chooser.addEventListener("change", () => {
      this.attach(chooser.files);
      chooser.value = "";
    });
    this.node = h(
      "form",
      { class: "composer" },
      this.list,
      this.error,
      this.hint,
      h(
        "div",
        { class: "box" },
        this.chips,
        h(
          "div",
          { class: "line" },
          h("button", { type: "button", class: "bare", "aria-label": "Attach files", title: "Attach files", onclick: () => chooser.click() }, icon("clip")),
          chooser,
          this.label,
          this.input,
          h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send" }, icon("send")),
        ),
      ),
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.hideList());
    this.input.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) this.attach(event.clipboardData.files);
    });
  }

  setPlace(label) {
    this.label.textContent = `Message ${label}`;
    this.input.placeholder = this.thread ? "Reply in thread" : `Message ${label}, or type / for commands`;
  }

  fill(text) {
    this.input.value = text;
    this.input.focus();
    this.typed();
  }

  typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
    const text = this.input.value;
    const name = /^\/\S*$/.test(text) ? text.toLowerCase() : null;
    this.found = name ? this.commands.filter((command) => command.name.startsWith(name)) : [];
    if (this.found.length && !(this.found.length === 1 && this.found[0].name === name)) this.showList();
    else this.hideList();
    const known = this.commands.find((command) => text === command.name || text.startsWith(`${command.name} `));
    this.hint.hidden = !known;
    if (known) this.hint.replaceChildren(h("code", {}, known.name), " ", known.usage || known.description);
  }

  showList() {
    this.at = 0;
    this.list.replaceChildren(
      ...this.found.map((command, index) => {
        const item = h(
          "li",
          { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" },
          h("strong", {}, command.name),
          " ",
          h("code", {}, command.usage),
          h("small", {}, command.description),
        );
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.fill(`${command.name} `);
        });
        return item;
      }),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.at)));
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
  }

  hideList() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!this.list.hidden && step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (!this.list.hidden && ["Tab", "Enter"].includes(event.key) && !event.shiftKey) {
      this.fill(`${this.found[this.at].name} `);
    } else if (!this.list.hidden && event.key === "Escape") this.hideList();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send();
    else if (step && this.past.length && (!this.input.value || this.input.value === this.past[this.back])) {
      this.back = Math.max(0, Math.min(this.past.length, this.back + step));
      this.fill(this.past[this.back] ?? "");
    } else return;
    event.preventDefault();
  }

  async attach(files) {
    for (const file of files) {
      const entry = { name: file.name, size: file.size };
      this.files.push(entry);
      this.drawChips();
      const answer = await upload(this.who(), file);
      if (answer.ok) entry.file = answer.file;
      else {
        this.files = this.files.filter((other) => other !== entry);
        this.say(inWords(answer.error));
      }
      this.drawChips();
    }
    this.input.focus();
  }

  reply(message, name) {
    this.thread = message && { ts: message.thread_ts ?? message.ts, name };
    this.drawChips();
    if (message) this.input.focus();
  }

  drawChips() {
    const chip = (words, label, remove, busy) =>
      h("span", { class: "chip", "aria-busy": busy ? "true" : undefined }, words, h("button", { type: "button", class: "bare", "aria-label": label, onclick: remove }, icon("close")));
    this.chips.replaceChildren(
      ...(this.thread ? [chip([icon("reply"), `Replying to ${this.thread.name}`], "Leave the thread", () => this.reply(null))] : []),
      ...this.files.map((entry) =>
        chip([icon("file"), `${entry.name} · ${bytes(entry.size)}`], `Remove ${entry.name}`, () => {
          this.files = this.files.filter((other) => other !== entry);
          this.drawChips();
        }, !entry.file)),
    );
  }

  say(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
  }

  async send() {
    const text = this.input.value.trim();
    if ((!text && !this.files.length) || this.files.some((entry) => !entry.file)) return;
    const sent = { text, files: this.files.map((entry) => entry.file.id), thread: this.thread?.ts ?? "" };
    if (text) {
      this.past = [...this.past.filter((one) => one !== text), text];
      this.back = this.past.length;
    }
    this.fill("");
    this.files = [];
    this.drawChips();
    this.say("");
    // Who types on is not held up: what was sent before may still be under way.
    const done = this.sent(text);
    const answer = await post("send", { ...this.who(), channel: this.place(), ...sent });
    done();
    if (!answer.ok) {
      this.say(inWords(answer.error));
      if (!this.input.value) this.fill(text);
    }
  }
}
