// The modal that a person has open, on top of their column only: the other person's column stays usable.

import { inWords, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, icon, newId } from "./dom.js";
import { Form } from "./form.js";
import { actor } from "./message.js";
import { plain } from "./text.js";

const FOCUSABLE = "input:not([type=hidden]):not(.hidden), textarea, select, button, summary, a[href], label[for][tabindex]";

export class Modal {
  constructor(host, behind) {
    this.host = host; // where the modal stands
    this.behind = behind; // what cannot be used meanwhile
    this.forms = new Map(); // by view id, so that what was typed outlives a push
    this.errors = {};
    this.shown = "";
  }

  update(views, reader, who) {
    Object.assign(this, { reader, who, views });
    const view = views.at(-1);
    const key = JSON.stringify([view?.id, view?.hash, views.length]);
    if (key === this.shown) return;
    const same = this.view?.id === view?.id;
    if (!same) this.errors = {};
    this.shown = key;
    this.view = view;
    this.draw(!same);
  }

  draw(fresh) {
    const { view, views } = this;
    if (!view) {
      const had = this.host.childElementCount > 0;
      this.host.replaceChildren();
      this.behind.inert = false;
      this.forms.clear();
      if (had) this.behind.querySelector("textarea")?.focus({ preventScroll: true });
      return;
    }
    const scrolled = fresh ? 0 : (this.host.querySelector(".modal-body")?.scrollTop ?? 0);
    const active = fresh ? null : this.host.querySelector(":focus")?.closest("[data-block]")?.dataset.block;
    const form = new Form(view.state?.values, this.forms.get(view.id));
    this.forms.set(view.id, form);
    this.notice = h("p", { class: "notice", role: "alert", hidden: true });
    const where = { view_id: view.id };
    const shade = h("div", { class: "shade" });
    const act = actor({ who: this.who, where, form, say: (text) => this.say(text) });
    const ctx = { reader: this.reader, who: this.who, where, form, act, overlay: this.host, errors: this.errors };
    const title = newId("modal");
    const submit = view.submit && h("button", { type: "submit", class: "button primary" }, plain(view.submit.text));
    const box = h(
      "form",
      { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": title, novalidate: true },
      h(
        "header",
        {},
        views.length > 1 && h("button", { type: "button", class: "bare", "aria-label": "Back", onclick: () => this.close(false) }, icon("back")),
        h("img", { src: "/page/mark.svg", alt: "", width: 24, height: 24 }),
        h("h2", { id: title }, plain(view.title.text)),
        h("button", { type: "button", class: "bare", "aria-label": "Close", onclick: () => this.close(true) }, icon("close")),
      ),
      h("div", { class: "modal-body blocks", tabindex: "-1" }, this.notice, drawBlocks(view.blocks, ctx)),
      (submit || view.close) && h("footer", {}, h("button", { type: "button", class: "button", onclick: () => this.close(false) }, plain(view.close?.text ?? (submit ? "Cancel" : "Close"))), submit),
    );
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(submit);
    });
    box.addEventListener("keydown", (event) => this.key(event, box));
    shade.append(box);
    this.host.replaceChildren(shade);
    this.behind.inert = true;
    const body = box.querySelector(".modal-body");
    body.scrollTop = scrolled;
    const wrong = box.querySelector(".wrong");
    const field = (root) => root?.querySelector("[data-first], .field, input:not(.hidden), textarea, select");
    const target = field(wrong) ?? (active && field(box.querySelector(`[data-block="${CSS.escape(active)}"]`))) ?? box.querySelector("[data-first]") ?? field(body) ?? submit ?? body;
    (target.matches("summary, input, textarea, select, button, [tabindex]") ? target : (target.querySelector("input") ?? body)).focus({ preventScroll: !wrong });
  }

  key(event, box) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close(false);
    } else if (event.key === "Tab") {
      const items = [...box.querySelectorAll(FOCUSABLE)].filter((item) => !item.disabled && item.offsetParent);
      const edge = event.shiftKey ? items[0] : items.at(-1);
      if (document.activeElement === edge) {
        event.preventDefault();
        (event.shiftKey ? items.at(-1) : items[0]).focus();
      }
    }
  }

  say(text) {
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  async submit(button) {
    if (!button || button.ariaBusy === "true") return;
    const { view } = this;
    button.ariaBusy = "true";
    this.say("");
    const answer = await post("submit", { ...this.who, view_id: view.id, picks: this.forms.get(view.id).picks() });
    button.ariaBusy = "false";
    if (this.view?.id !== view.id) return;
    this.errors = answer.errors ?? {};
    if (answer.errors || this.host.querySelector(".wrong")) this.draw(false);
    const lost = Object.keys(this.errors).length && !this.host.querySelector(".wrong");
    if (!answer.ok) this.say(inWords(answer.error));
    else if (answer.notice || lost) this.say(answer.notice ?? Object.values(this.errors).join(" "));
  }

  async close(everything) {
    if (!this.view) return;
    await post("close", { ...this.who, view_id: this.view.id, everything });
  }
}
