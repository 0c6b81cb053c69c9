// Draws one message.

import { inWords, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { clock, full } from "./dates.js";
import { h, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { fileCard } from "./files.js";
import { Form } from "./form.js";
import { mrkdwn } from "./text.js";

const HUES = 8;
export function avatar(name, kind = "person") {
  if (kind === "app") return h("img", { class: "avatar", src: "/page/mark.svg", alt: "" });
  const hue = ([...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 0) >>> 2) % HUES;
  const initials = name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
  return h("span", { class: `avatar hue${hue}`, "aria-hidden": "true" }, kind === "slackbot" ? icon("info") : initials);
}

export function author(message, reader) {
  if (message.bot_id) return { name: message.bot_profile?.name ?? "Rollcall", kind: "app" };
  if (message.user === "USLACKBOT") return { name: "Slackbot", kind: "slackbot" };
  return { name: reader.names[message.user] ?? message.user, kind: "person" };
}

// Sends a click to the bot; the control that was used is busy meanwhile, and `say` shows what went wrong.
export function actor({ who, where, form, say }) {
  return async (block, element, picked, node) => {
    if (node?.ariaBusy === "true") return;
    if (node) node.ariaBusy = "true";
    say("");
    const answer = await post("click", {
      ...who,
      where: { ...where, block_id: block.block_id, action_id: element.action_id },
      picked,
      picks: form.picks(),
    });
    if (node) node.ariaBusy = "false";
    if (!answer.ok) say(inWords(answer.error));
    else if (answer.notice) say(answer.notice);
  };
}

export function drawMessage(message, { reader, who, channel, overlay, together, reply, earlier }) {
  const by = author(message, reader);
  const notice = h("p", { class: "notice", role: "alert", hidden: true });
  const say = (text) => {
    notice.textContent = text;
    notice.hidden = !text;
  };
  const form = new Form({}, earlier);
  const where = { channel, ts: message.ts };
  const ctx = { reader, who, where, form, overlay, act: actor({ who, where, form, say }) };
  const attached = (message.attachments ?? []).map((item) =>
    h("div", { class: "attachment" }, item.blocks ? drawBlocks(item.blocks, ctx) : mrkdwn(item.text ?? item.fallback ?? "", reader)));
  const shown = message.blocks?.length
    ? drawBlocks(message.blocks, ctx)
    : message.text && h("div", { class: "text" }, mrkdwn(message.text, reader));
  const node = h(
    "article",
    {
      class: `message ${message.only_you ? "ephemeral" : ""} ${together ? "together" : ""}`,
      "data-ts": message.ts,
      "aria-label": `${by.name}, ${clock(message.ts, reader.zone)}`,
    },
    message.only_you && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
    h("div", { class: "gutter" }, together ? h("time", { class: "faint" }, clock(message.ts, reader.zone).replace(/ [AP]M/, "")) : avatar(by.name, by.kind)),
    h(
      "div",
      { class: "body" },
      !together &&
        h(
          "p",
          { class: "by" },
          h("strong", {}, by.name),
          by.kind === "app" && h("span", { class: "badge" }, "APP"),
          h("time", { title: full(message.ts, reader.zone), datetime: new Date(message.ts * 1000).toISOString() }, clock(message.ts, reader.zone)),
        ),
      h("div", { class: "blocks" }, shown, attached, (message.files ?? []).map(fileCard)),
      message.edited && h("span", { class: "faint edited" }, "(edited)"),
      notice,
      message.reactions?.length &&
        h("div", { class: "row" }, message.reactions.map((one) => h("span", { class: "reaction", title: `:${one.name}:` }, `${emoji(one.name) ?? `:${one.name}:`} ${one.count}`))),
      h("div", { class: "replies" }),
    ),
    reply && h("div", { class: "tools" }, h("button", { type: "button", class: "bare", title: "Reply in thread", onclick: () => reply(message) }, icon("reply"), h("span", { class: "hidden" }, `Reply to ${by.name} in a thread`))),
  );
  node.form = form;
  return node;
}
