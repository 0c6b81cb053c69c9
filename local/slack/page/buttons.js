// Buttons, the overflow menu, and the dialog that asks before an act.

import { h, icon, newId, safeUrl } from "./dom.js";
import { plain, textObject } from "./text.js";

export function button(block, item, ctx, iconOnly = false) {
  const label = plain(item.text?.text ?? "");
  const look = `button ${item.style ?? ""} ${iconOnly ? "small" : ""}`.trim();
  const click = async (event) => {
    if (item.confirm && !(await confirmed(ctx, item.confirm, event.currentTarget ?? event.target))) return;
    await ctx.act(block, item, null, node);
  };
  const href = item.url ? safeUrl(item.url) : null;
  const node = href
    ? h("a", { class: look, href, target: "_blank", rel: "noopener noreferrer", "aria-label": item.accessibility_label, onclick: () => ctx.act(block, item, null) }, label)
    : h("button", { type: "button", class: look, "aria-label": item.accessibility_label, onclick: click }, label);
  node.dataset.action = item.action_id ?? "";
  return node;
}

export function overflow(block, item, ctx) {
  const id = newId("menu");
  const list = h("div", { class: "menu", role: "menu", id, hidden: true });
  const toggle = h("button", { type: "button", class: "button bare-button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, "aria-label": "More" }, icon("more"));
  const show = (open) => {
    list.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("[role=menuitem]")?.focus();
  };
  const root = h("div", { class: "overflow" }, toggle, list);
  const pick = async (option) => {
    show(false);
    toggle.focus();
    if (item.confirm && !(await confirmed(ctx, item.confirm, toggle))) return;
    await ctx.act(block, item, option.value, toggle);
  };
  list.append(
    ...item.options.map((option) => {
      const href = option.url ? safeUrl(option.url) : null;
      const attributes = { class: "bare", role: "menuitem", tabindex: "-1", onclick: () => pick(option) };
      const words = [plain(option.text.text), option.description && h("small", {}, plain(option.description.text))];
      return href ? h("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer" }, words) : h("button", { ...attributes, type: "button" }, words);
    }),
  );
  toggle.addEventListener("click", () => show(list.hidden));
  root.addEventListener("focusout", (event) => root.contains(event.relatedTarget) || show(false));
  list.addEventListener("keydown", (event) => {
    const items = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    else if (event.key === "Escape") {
      show(false);
      toggle.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return root;
}

// Asks as Slack does; resolves to whether the person agreed.
function confirmed(ctx, confirm, opener) {
  return new Promise((resolve) => {
    const title = newId("confirm");
    const done = (answer) => {
      shade.remove();
      opener?.focus?.();
      resolve(answer);
    };
    const yes = h("button", { type: "button", class: `button ${confirm.style ?? "primary"}`, onclick: () => done(true) }, plain(confirm.confirm?.text ?? "Yes"));
    const no = h("button", { type: "button", class: "button", onclick: () => done(false) }, plain(confirm.deny?.text ?? "Cancel"));
    const box = h(
      "div",
      { class: "confirm", role: "alertdialog", "aria-modal": "true", "aria-labelledby": title },
      h("h3", { id: title }, plain(confirm.title?.text ?? "Are you sure?")),
      h("div", { class: "text" }, textObject(confirm.text, ctx.reader)),
      h("div", { class: "row end" }, no, yes),
    );
    const shade = h("div", { class: "shade" }, box);
    shade.addEventListener("keydown", (event) => {
      if (event.key === "Escape") done(false);
      else if (event.key === "Tab") {
        event.preventDefault();
        (document.activeElement === yes ? no : yes).focus();
      } else return;
      event.stopPropagation();
    });
    ctx.overlay.append(shade);
    yes.focus();
  });
}
