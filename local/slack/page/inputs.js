// The elements that a person types into or picks from.

import { h, newId } from "./dom.js";
import { combobox } from "./combobox.js";
import { fileInput } from "./files.js";
import { plain, textObject } from "./text.js";

// Returns the control of `element`. `names` are the ids of its label and of what describes it; `live` says that each
// change is sent to the bot.
export function control(ctx, block, element, names = {}, live = true) {
  const make = KINDS[element.type];
  if (!make) return h("span", { class: "unknown" }, `(${element.type})`);
  const aria = {
    "aria-labelledby": names.label,
    "aria-label": names.label ? undefined : plain(element.placeholder?.text) || element.type.replaceAll("_", " "),
    "aria-describedby": names.describedBy,
    "aria-required": names.required,
  };
  const changed = (read) => {
    if (live) ctx.act(block, element, read());
  };
  return make({ ctx, block, element, aria, changed, initial: ctx.form.initial(block, element) });
}

const placeholder = (element, fallback = "") => plain(element.placeholder?.text) || fallback;

function typed(type, more = {}) {
  return ({ ctx, block, element, aria, changed, initial }) => {
    const dispatch = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    const multiline = element.multiline || element.type === "rich_text_input";
    const input = h(multiline ? "textarea" : "input", {
      class: "field",
      type: multiline ? undefined : type,
      rows: multiline ? 4 : undefined,
      placeholder: placeholder(element),
      maxlength: element.max_length,
      autocomplete: "off",
      ...more,
      ...aria,
    });
    input.value = initial ?? "";
    const read = () => input.value;
    ctx.form.register(block, element, read);
    if (dispatch.includes("on_character_entered")) input.addEventListener("input", () => changed(read));
    if (dispatch.includes("on_enter_pressed") && !multiline)
      input.addEventListener("keydown", (event) => event.key === "Enter" && changed(read));
    if (element.focus_on_load) input.dataset.first = "";
    return input;
  };
}

function optionsOf(element) {
  return element.option_groups
    ? element.option_groups.map((group) => ({ label: plain(group.label.text), options: group.options }))
    : [{ label: "", options: element.options ?? [] }];
}

// The people or places that a menu without options of its own offers.
function directory(ctx, element) {
  const option = (value, text) => ({ value, text: { type: "plain_text", text } });
  const people = Object.entries(ctx.reader.names).map(([id, name]) => option(id, name));
  const channels = ctx.reader.places.filter((place) => place.kind === "channel").map((place) => option(place.id, `#${place.name}`));
  if (element.type.includes("users")) return people;
  if (element.type.includes("channels")) return channels;
  const kinds = element.filter?.include;
  const direct = ctx.reader.places.filter((place) => place.kind === "im").map((place) => option(place.id, "Rollcall (direct message)"));
  return [...(!kinds || kinds.includes("public") ? channels : []), ...(!kinds || kinds.includes("im") ? direct : [])];
}

const groups = (ctx, element) =>
  /^(multi_)?static/.test(element.type) ? optionsOf(element) : [{ label: "", options: directory(ctx, element) }];

function menu({ ctx, block, element, aria, changed, initial }) {
  const option = (one) => h("option", { value: one.value }, plain(one.text.text));
  const select = h(
    "select",
    { class: "field", ...aria },
    h("option", { value: "" }, placeholder(element, "Choose …")),
    groups(ctx, element).map((group) =>
      group.label ? h("optgroup", { label: group.label }, group.options.map(option)) : group.options.map(option),
    ),
  );
  select.value = initial ?? "";
  if (select.selectedIndex < 0) select.value = "";
  const read = () => select.value || null;
  ctx.form.register(block, element, read);
  select.addEventListener("change", () => changed(read));
  return select;
}

function several({ ctx, block, element, aria, changed, initial }) {
  const chosen = new Set(initial);
  const all = groups(ctx, element);
  const label = (value) => plain(all.flatMap((group) => group.options).find((one) => one.value === value)?.text.text ?? value);
  const summary = h("summary", { class: "field", ...aria });
  const shown = () => {
    const names = [...chosen].map((value) => h("span", { class: "chip" }, label(value)));
    summary.replaceChildren(...(names.length ? names : [h("span", { class: "faint" }, placeholder(element, "Choose …"))]));
  };
  const box = (one) => {
    const input = h("input", { type: "checkbox", value: one.value });
    input.checked = chosen.has(one.value);
    input.addEventListener("change", () => {
      if (input.checked && element.max_selected_items && chosen.size >= element.max_selected_items) {
        input.checked = false;
        return;
      }
      chosen[input.checked ? "add" : "delete"](one.value);
      shown();
      changed(read);
    });
    return h("label", { class: "tick" }, input, h("span", {}, plain(one.text.text)));
  };
  const read = () => [...chosen];
  ctx.form.register(block, element, read);
  shown();
  return h(
    "details",
    { class: "several" },
    summary,
    h("div", { class: "ticks" }, all.map((group) => [group.label && h("p", { class: "faint" }, group.label), group.options.map(box)])),
  );
}

function ticks(type) {
  return ({ ctx, block, element, aria, changed, initial }) => {
    const name = newId("tick");
    const inputs = element.options.map((one) => {
      const input = h("input", { type, name, value: one.value });
      input.checked = type === "radio" ? initial === one.value : initial.includes(one.value);
      input.addEventListener("change", () => changed(read));
      return input;
    });
    const read = () => {
      const values = inputs.filter((input) => input.checked).map((input) => input.value);
      return type === "radio" ? (values[0] ?? null) : values;
    };
    ctx.form.register(block, element, read);
    return h(
      "div",
      { class: "ticks open", role: type === "radio" ? "radiogroup" : "group", ...aria, "aria-required": undefined },
      element.options.map((one, index) =>
        h(
          "label",
          { class: "tick" },
          inputs[index],
          h("span", {}, textObject(one.text, ctx.reader), one.description && h("small", {}, textObject(one.description, ctx.reader))),
        ),
      ),
    );
  };
}

function picker(type) {
  return ({ ctx, block, element, aria, changed, initial }) => {
    const input = h("input", { class: "field short", type, ...aria });
    if (type === "datetime-local" && initial) {
      const local = new Date(initial * 1000 - new Date(initial * 1000).getTimezoneOffset() * 60000);
      input.value = local.toISOString().slice(0, 16);
    } else input.value = initial ?? "";
    const read = () => {
      if (!input.value) return null;
      return type === "datetime-local" ? Math.floor(new Date(input.value).getTime() / 1000) : input.value;
    };
    ctx.form.register(block, element, read);
    input.addEventListener("change", () => changed(read));
    return input;
  };
}

const KINDS = {
  plain_text_input: typed("text"),
  rich_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("text", { inputmode: "decimal" }),
  static_select: menu,
  users_select: menu,
  channels_select: menu,
  conversations_select: menu,
  multi_static_select: several,
  multi_users_select: several,
  multi_channels_select: several,
  multi_conversations_select: several,
  external_select: combobox,
  multi_external_select: combobox,
  checkboxes: ticks("checkbox"),
  radio_buttons: ticks("radio"),
  datepicker: picker("date"),
  timepicker: picker("time"),
  datetimepicker: picker("datetime-local"),
  file_input: fileInput,
};
