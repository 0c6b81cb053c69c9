// external_select: a field that asks the bot for options while a person types.

import { post } from "./api.js";
import { h, icon, newId } from "./dom.js";
import { plain } from "./text.js";

export function combobox({ ctx, block, element, aria, changed, initial }) {
  const many = element.type.startsWith("multi_");
  let chosen = (many ? initial : [initial]).filter((one) => one && typeof one === "object");
  const least = element.min_query_length ?? 3;
  const listId = newId("options");
  const list = h("ul", { class: "options", role: "listbox", id: listId, hidden: true });
  const chips = h("span", { class: "chips" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    placeholder: plain(element.placeholder?.text) || "Search …",
    ...aria,
  });
  let found = [];
  let at = -1;
  let asked = 0;
  let timer;

  const read = () => (many ? chosen : (chosen[0] ?? null));
  ctx.form.register(block, element, read);

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const drawChosen = () => {
    chips.replaceChildren(
      ...(many ? chosen : []).map((one) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-label": `Remove ${plain(one.text.text)}`,
            onclick: () => {
              chosen = chosen.filter((other) => other.value !== one.value);
              drawChosen();
              changed(read);
            },
          },
          plain(one.text.text),
          icon("close"),
        ),
      ),
    );
    input.value = many ? "" : plain(chosen[0]?.text.text ?? "");
  };
  const pick = (one) => {
    chosen = many ? [...chosen.filter((other) => other.value !== one.value), one] : [one];
    drawChosen();
    close();
    changed(read);
  };
  const message = (text) => {
    list.replaceChildren(h("li", { class: "faint", role: "presentation" }, text));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const mark = (index) => {
    at = index;
    [...list.querySelectorAll("[role=option]")].forEach((item, number) => {
      item.setAttribute("aria-selected", String(number === at));
      if (number === at) {
        input.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    });
  };
  const draw = (groups) => {
    found = groups.flatMap((group) => group.options);
    let number = 0;
    list.replaceChildren(
      ...groups.flatMap((group) => [
        ...(group.label ? [h("li", { class: "faint", role: "presentation" }, plain(group.label.text))] : []),
        ...group.options.map((one) => {
          const index = number++;
          const item = h("li", { role: "option", id: `${listId}-${index}`, "aria-selected": "false" }, plain(one.text.text));
          item.addEventListener("mousedown", (event) => {
            event.preventDefault();
            pick(one);
          });
          return item;
        }),
      ]),
    );
    if (!found.length) message("No results");
    else {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(0);
    }
  };
  const ask = async () => {
    const typed = input.value.trim();
    if (typed.length < least) return message(`Type ${least} or more characters`);
    const mine = ++asked;
    message("Loading …");
    const where = { ...ctx.where, block_id: block.block_id, action_id: element.action_id };
    const answer = await post("suggest", { ...ctx.who, where, typed });
    if (mine !== asked || document.activeElement !== input) return undefined;
    if (!answer.ok || answer.notice) return message(answer.notice ?? "The options could not be loaded.");
    return draw(answer.option_groups ?? [{ options: answer.options ?? [] }]);
  };

  input.addEventListener("input", () => {
    if (!many) chosen = [];
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  input.addEventListener("click", () => {
    if (list.hidden && !chosen.length) ask();
  });
  input.addEventListener("blur", () => {
    close();
    drawChosen();
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "ArrowDown") ask();
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) mark((at + step + found.length) % found.length);
    else if (event.key === "Enter" && found[at]) pick(found[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  drawChosen();
  return h("div", { class: "combobox field" }, chips, input, list);
}
