// Two people side by side; on a narrow screen one at a time.

import { get, listen } from "./api.js";
import { Column } from "./column.js";
import { h } from "./dom.js";

const directory = await get("directory");
const main = document.querySelector(".columns");
const columns = ["left", "right"].map((name) => new Column(name, { directory, changed }));
main.replaceChildren(...columns.map((column) => column.node));

const find = (kind, role) => {
  const team = directory.teams.find((one) => one.kind === kind) ?? directory.teams[0];
  const person = team.people.find((one) => one.labels.some((label) => label.endsWith(role))) ?? team.people[0];
  return `${team.id}/${person.id}`;
};
const reseller = find("reseller", "admin");
const customer = find("customer", "approver");
const name = (key) => {
  const [team, user] = key.split("/");
  return directory.teams.find((one) => one.id === team).people.find((one) => one.id === user).name;
};
const known = (key) => directory.teams.some((team) => team.people.some((person) => `${team.id}/${person.id}` === key));

// The address says who is shown where: #left=T0ACME/U0RAE/home&right=T0NW/U0NIA
const address = new URLSearchParams(location.hash.slice(1));
function start(column, fallback) {
  const [team, user, place] = (address.get(column.name) ?? "").split("/");
  const key = `${team}/${user}`;
  return known(key) ? column.be(key, place) : column.be(fallback);
}

function changed() {
  const parts = columns.map((column) => `${column.name}=${column.team}/${column.user}/${column.place ?? ""}`);
  history.replaceState(null, "", `#${parts.join("&")}`);
  drawSwitch();
}

const bar = document.querySelector(".switch");
let shown = 0;
function show(index) {
  shown = index;
  columns.forEach((column, number) => column.node.classList.toggle("current", number === index));
  drawSwitch();
}
function drawSwitch() {
  bar.replaceChildren(
    ...columns.map((column, index) => {
      const me = column.state?.me;
      return h(
        "button",
        { type: "button", "aria-pressed": String(index === shown), onclick: () => show(index) },
        me ? me.name : "…",
        h("small", {}, directory.teams.find((team) => team.id === column.team)?.name ?? ""),
        index !== shown && column.unread && h("span", { class: "dot-new" }, h("span", { class: "hidden" }, "new messages")),
      );
    }),
  );
}

const [left, right] = columns;
const direct = (column) => column.state?.places.find((place) => place.kind === "im")?.id;
async function stage(column, key, text) {
  show(columns.indexOf(column));
  if (`${column.team}/${column.user}` !== key) await column.be(key);
  if (column.place !== direct(column)) await column.go(direct(column));
  column.composer.fill(text);
}
// An area has a command of its own, unless this installation leaves it out.
const words = (area, rest = "") =>
  `${directory.commands.some((command) => command.name === `/${area}`) ? `/${area}` : `${directory.commands[0].name} ${area}`} ${rest}`.trim();
const TRIES = [
  [`Upload as ${name(reseller)}`, "Opens a form; or drop a CSV into the messages", () => stage(left, reseller, words("uploads", "new"))],
  [`Accept as ${name(customer)}`, "See what arrived and decide about it", () => stage(right, customer, words("approvals"))],
  ["Ask about devices", "List them, or find one by its IMEI, MEID or serial number", () => stage(right, customer, words("devices", "list"))],
];
document.querySelector(".tries").append(
  h("span", { class: "faint" }, "Try:"),
  ...TRIES.map(([label, title, go], index) => h("button", { type: "button", title, onclick: go }, h("b", { "aria-hidden": "true" }, index + 1), label)),
);

const status = document.querySelector(".link");
let waiting = null;
let pending = new Set();
listen(
  (teams) => {
    pending = teams === null || pending === null ? null : pending.union?.(teams) ?? new Set([...pending, ...teams]);
    waiting ??= setTimeout(() => {
      const now = pending;
      waiting = null;
      pending = new Set();
      for (const column of columns) if (now === null || now.has(column.team)) column.refresh();
    }, 30);
  },
  (there) => {
    status.textContent = there ? "" : "Not connected. Is the stack running?";
    document.body.classList.toggle("away", !there);
  },
);

show(0);
await Promise.all([start(left, reseller), start(right, customer)]);
document.body.classList.add("ready");
