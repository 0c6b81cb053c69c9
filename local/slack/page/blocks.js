// Draws Block Kit. `ctx` has the reader, the form, and `act`, which sends a click to the bot.

import { h, icon, newId, safeUrl } from "./dom.js";
import { button, overflow } from "./buttons.js";
import { control } from "./inputs.js";
import { markdown, richText } from "./rich.js";
import { chart, dataTable, table } from "./tables.js";
import { plain, textObject } from "./text.js";

export function drawBlocks(blocks, ctx) {
  return (blocks ?? []).map((block) => {
    const draw = KINDS[block.type];
    const node = draw ? draw(block, ctx) : h("p", { class: "unknown" }, `(a ${block.type} block)`);
    node.classList.add("block", `b-${block.type}`);
    node.dataset.block = block.block_id ?? "";
    return node;
  });
}

function element(block, item, ctx) {
  if (item.type === "button" || item.type === "workflow_button") return button(block, item, ctx);
  if (item.type === "icon_button") return button(block, item, ctx, true);
  if (item.type === "overflow") return overflow(block, item, ctx);
  if (item.type === "image") return image(item);
  if (item.type === "mrkdwn" || item.type === "plain_text") return h("span", {}, textObject(item, ctx.reader));
  if (item.type === "feedback_buttons")
    return [item.positive_button, item.negative_button].map((one) => button(block, { ...one, type: "button", action_id: item.action_id }, ctx));
  return h("div", { class: "slot" }, control(ctx, block, item));
}

function image(item, extra = "") {
  const src = safeUrl(item.image_url ?? item.slack_file?.url ?? "");
  return src ? h("img", { src, alt: item.alt_text, title: item.alt_text, class: extra, loading: "lazy" }) : h("span", { class: "faint" }, item.alt_text);
}

function section(block, ctx) {
  return h(
    "div",
    {},
    h(
      "div",
      { class: "words" },
      block.text && h("div", { class: "text" }, textObject(block.text, ctx.reader)),
      block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textObject(field, ctx.reader)))),
    ),
    block.accessory && h("div", { class: `accessory a-${block.accessory.type}` }, element(block, block.accessory, ctx)),
  );
}

function input(block, ctx) {
  const [label, hint, wrong] = [newId("label"), newId("hint"), newId("error")];
  const error = ctx.errors?.[block.block_id];
  const names = {
    label,
    describedBy: [error && wrong, block.hint && hint].filter(Boolean).join(" ") || undefined,
    required: block.optional ? undefined : "true",
  };
  return h(
    "div",
    { class: error ? "wrong" : "" },
    h("div", { class: "label", id: label }, plain(block.label.text), block.optional && h("span", { class: "faint" }, " (optional)")),
    control(ctx, block, block.element, names, Boolean(block.dispatch_action)),
    error && h("p", { class: "error", id: wrong, role: "alert" }, icon("warning"), error),
    block.hint && h("p", { class: "hint", id: hint }, plain(block.hint.text)),
  );
}

const LEVELS = { default: "info", info: "info", warning: "warning", error: "warning", success: "success" };

function card(block, ctx) {
  const part = (name, tag = "p") => block[name] && h(tag, { class: `card-${name}` }, textObject(block[name], ctx.reader));
  return h(
    "article",
    {},
    block.hero_image && image(block.hero_image, "hero"),
    h(
      "div",
      { class: "card-all" },
      h("div", { class: "card-head" }, block.icon && image(block.icon, "thumb"), h("div", {}, part("title", "h4"), part("subtitle"))),
      part("body"),
      part("subtext"),
      block.actions && h("div", { class: "row" }, block.actions.map((item) => element(block, item, ctx))),
    ),
  );
}

function container(block, ctx) {
  const title = block.title ? plain(block.title.text) : block.rich_text_title && richText(block.rich_text_title, ctx.reader);
  const head = [h("strong", {}, title), block.subtitle && h("small", {}, textObject(block.subtitle, ctx.reader))];
  const body = h("div", { class: "blocks" }, drawBlocks(block.child_blocks, ctx));
  if (!block.is_collapsible) return h("section", {}, h("header", {}, head), body);
  return h("details", { open: !block.default_collapsed }, h("summary", {}, head), body);
}

const taskCard = (task, ctx) =>
  h(
    "div",
    { class: "task" },
    h("span", { class: `dot ${task.status}`, title: task.status }),
    h("div", {}, h("strong", {}, task.title), task.details && richText(task.details, ctx.reader), task.output && richText(task.output, ctx.reader)),
  );

const KINDS = {
  section,
  input,
  card,
  container,
  header: (block) => h("h3", {}, plain(block.text.text)),
  divider: () => h("hr"),
  context: (block, ctx) => h("div", {}, block.elements.map((item) => element(block, item, ctx))),
  actions: (block, ctx) => h("div", { class: "row" }, block.elements.map((item) => element(block, item, ctx))),
  context_actions: (block, ctx) => h("div", { class: "row" }, block.elements.map((item) => element(block, item, ctx))),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, plain(block.title.text)), image(block)),
  rich_text: (block, ctx) => richText(block, ctx.reader),
  markdown: (block) => markdown(block.text),
  table: (block, ctx) => table(block, ctx.reader),
  data_table: (block, ctx) => dataTable(block, ctx.reader),
  data_visualization: (block) => chart(block),
  alert: (block, ctx) =>
    h("div", { class: `alert ${block.level ?? "default"}`, role: "note" }, icon(LEVELS[block.level ?? "default"]), h("div", {}, textObject(block.text, ctx.reader))),
  carousel: (block, ctx) => h("div", { tabindex: "0", role: "region", "aria-label": "Cards" }, drawBlocks(block.elements, ctx)),
  video: (block) => h("div", {}, h("strong", {}, plain(block.title.text)), h("p", { class: "faint" }, block.alt_text)),
  file: (block) => h("p", { class: "faint" }, `File ${block.external_id}`),
  task_card: taskCard,
  plan: (block, ctx) => h("div", {}, h("strong", {}, block.title), (block.tasks ?? []).map((task) => taskCard(task, ctx))),
};
