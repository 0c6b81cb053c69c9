// One person's screen: who it is, the places they have, what stands there, and where they type.

import { get, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { Composer } from "./composer.js";
import { h, icon, newId } from "./dom.js";
import { Form } from "./form.js";
import { actor, avatar } from "./message.js";
import { MessageList } from "./list.js";
import { Modal } from "./modal.js";

export class Column {
  constructor(name, { directory, changed }) {
    Object.assign(this, { name, directory, changed, seen: {}, busy: 0, version: 0, turn: 0, newest: 0 });
    const pickId = newId("person");
    this.picker = h(
      "select",
      { id: pickId, class: "person" },
      directory.teams.map((team) =>
        h("optgroup", { label: team.name }, team.people.map((person) => h("option", { value: `${team.id}/${person.id}` }, person.name, roleOf(person, team))))),
    );
    this.picker.addEventListener("change", () => this.be(this.picker.value));
    this.face = h("span", { class: "face" });
    this.role = h("span", { class: "role" });
    this.apps = h("span", { class: "apps" });
    this.tabs = h("nav", { class: "tabs" });
    this.messages = new MessageList({ column: this });
    this.list = this.messages.node;
    this.home = h("div", { class: "home", hidden: true, tabindex: "0" });
    this.overlay = h("div", { class: "overlay" });
    this.composer = new Composer({
      commands: directory.commands,
      who: () => this.who(),
      place: () => this.place,
      sent: (text) => this.working(text),
    });
    this.screen = h(
      "div",
      { class: "screen" },
      h("header", { class: "who" }, this.face, h("div", { class: "names" }, h("label", { for: pickId, class: "hidden" }, `Person on the ${name}`), this.picker, this.role), this.shortcuts(), this.apps),
      this.tabs,
      this.list,
      this.home,
      this.composer.node,
    );
    this.node = h("section", { class: "column", "aria-label": `Person on the ${name}`, "data-column": name }, this.screen, this.overlay);
    this.modal = new Modal(this.overlay, this.screen);
    this.drops();
  }

  shortcuts() {
    const all = this.directory.shortcuts.filter((one) => one.kind === "global");
    if (!all.length) return null;
    const select = h("select", { class: "shortcuts", "aria-label": "Shortcuts" }, h("option", { value: "" }, "⚡ Shortcuts"), all.map((one) => h("option", { value: one.callback_id }, one.name)));
    select.addEventListener("change", async () => {
      const callback_id = select.value;
      select.value = "";
      const answer = await post("shortcut", { ...this.who(), callback_id });
      this.composer.say(answer.notice ?? "");
    });
    return select;
  }

  who = () => ({ team: this.team, user: this.user });

  be(key, place) {
    [this.team, this.user] = key.split("/");
    this.picker.value = key;
    this.place = place;
    this.version += 1;
    this.messages.clear();
    this.home.replaceChildren();
    this.homeForm = undefined;
    this.asked = undefined;
    this.composer.reply(null);
    this.modal.update([], {}, this.who());
    return this.refresh(true);
  }

  go(place) {
    this.place = place;
    this.version += 1;
    this.messages.clear();
    this.composer.reply(null);
    if (place === "home") this.askHome();
    else if (this.state?.places.find((one) => one.id === place)?.kind === "im") post("opened", { ...this.who(), tab: "messages" });
    return this.refresh(true);
  }

  askHome() {
    this.asked = Date.now();
    setTimeout(() => this.place === "home" && this.refresh(), 4000);
    post("opened", { ...this.who(), tab: "home" });
  }

  async refresh(fresh = false) {
    const [version, turn] = [this.version, ++this.turn];
    const state = await get("state", { ...this.who(), place: this.place ?? "" }).catch(() => null);
    if (!state?.ok || version !== this.version || turn < this.newest) return;
    this.newest = turn; // an answer that was overtaken is old news
    if (!this.place || !["home", ...state.places.map((place) => place.id)].includes(this.place)) {
      this.place = (state.places.find((place) => place.kind === "im") ?? state.places[0]).id;
      await this.refresh(true);
      return;
    }
    this.state = state;
    this.reader = { ...state.me, names: state.names, places: state.places, bot: state.bot };
    this.drawHead();
    this.drawTabs();
    const atHome = this.place === "home";
    this.list.hidden = atHome;
    this.composer.node.hidden = atHome;
    this.home.hidden = !atHome;
    if (atHome) this.drawHome();
    else this.messages.draw(state, fresh);
    this.modal.update(state.modals, this.reader, this.who());
    this.changed();
  }

  drawHead() {
    const { me } = this.state;
    const away = this.state.deactivated ? "deactivated · " : this.state.installed ? "" : "app not installed · ";
    this.face.replaceChildren(avatar(me.name));
    this.drawApp();
    const team = this.directory.teams.find((one) => one.id === this.team);
    this.role.textContent = away + [team.name, team.kind !== "operator" && team.kind].filter(Boolean).join(" · ");
    this.node.setAttribute("aria-label", `${me.name}'s screen`);
    const place = this.state.places.find((one) => one.id === this.place);
    this.composer.setPlace(place?.kind === "im" ? "Rollcall" : `#${place?.name}`);
  }

  // Installing leads through the bot's own pages, in a tab of its own; removing is Slack's.
  drawApp() {
    const { installed, install_url } = this.state;
    const drawn = `${installed} ${install_url}`;
    if (this.apps.dataset.drawn === drawn) return;
    this.apps.dataset.drawn = drawn;
    const remove = () => confirm("Remove Rollcall from this workspace?") && post("uninstall", this.who());
    const install = install_url && h("a", { class: "app", href: install_url, target: "_blank", rel: "noopener" }, "Install Rollcall");
    this.apps.replaceChildren(installed ? h("button", { type: "button", class: "app", onclick: remove }, "Remove app") : install || "");
  }

  drawTabs() {
    const tab = (id, symbol, label, last) => {
      const current = id === this.place;
      if (current && last) this.seen[`${this.user}/${id}`] = last;
      const fresh = !current && last && last > (this.seen[`${this.user}/${id}`] ?? "");
      return h(
        "button",
        { type: "button", class: fresh ? "fresh" : "", "aria-current": current ? "page" : undefined, onclick: () => this.go(id) },
        icon(symbol),
        h("span", {}, label),
        fresh && h("span", { class: "dot-new" }, h("span", { class: "hidden" }, "new messages")),
      );
    };
    const direct = this.state.places.filter((place) => place.kind === "im");
    const channels = this.state.places.filter((place) => place.kind === "channel").reverse();
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      tab("home", "home", "Home"),
      ...direct.map((place) => tab(place.id, "chat", "Messages", place.last)),
      ...channels.map((place) => tab(place.id, "hash", place.name + (place.archived ? " (archived)" : "") + (place.shared ? " (shared)" : ""), place.last)),
    );
    if (focused) this.tabs.querySelector("[aria-current]")?.focus();
    this.unread = Boolean(this.tabs.querySelector(".fresh"));
  }

  drawHome() {
    const { home } = this.state;
    if (!home) {
      const waited = Date.now() - (this.asked ?? 0) > 3900;
      this.home.replaceChildren(
        waited
          ? h("div", { class: "empty" }, icon("home"), h("p", {}, "Rollcall has not published a Home tab for this person."))
          : h("div", { class: "skeleton", "aria-label": "Loading" }, h("i"), h("i"), h("i")),
      );
      if (!this.asked) this.askHome();
      return;
    }
    if (this.home.dataset.hash === home.hash && this.home.childElementCount) return;
    this.home.dataset.hash = home.hash;
    const notice = h("p", { class: "notice", role: "alert", hidden: true });
    const say = (text) => {
      notice.textContent = text;
      notice.hidden = !text;
    };
    const form = new Form(home.state?.values, this.homeForm);
    this.homeForm = form;
    const where = { view_id: home.id };
    const ctx = { reader: this.reader, who: this.who(), where, form, overlay: this.overlay, act: actor({ who: this.who(), where, form, say }) };
    this.home.replaceChildren(notice, h("div", { class: "blocks" }, drawBlocks(home.blocks, ctx)));
  }

  working(text) {
    if (!text.startsWith("/")) return () => {};
    let shown = 0; // several may be under way at once
    const late = setTimeout(() => {
      this.busy += shown = 1;
      this.refresh();
    }, 400);
    return () => {
      clearTimeout(late);
      this.busy -= shown;
      this.refresh();
    };
  }

  drops() {
    let depth = 0;
    const zone = h("div", { class: "drop", hidden: true }, icon("down"), h("p", {}, "Drop to send"));
    this.screen.append(zone);
    const files = (event) => this.place !== "home" && event.dataTransfer.types.includes("Files");
    const show = (by) => {
      depth = Math.max(0, depth + by);
      zone.hidden = !depth;
    };
    this.screen.addEventListener("dragenter", (event) => files(event) && show(1));
    this.screen.addEventListener("dragleave", (event) => files(event) && show(-1));
    this.screen.addEventListener("dragover", (event) => files(event) && event.preventDefault());
    this.screen.addEventListener("drop", (event) => {
      if (!files(event)) return;
      event.preventDefault();
      show(-depth);
      this.composer.attach(event.dataTransfer.files);
    });
  }
}

function roleOf(person) {
  const roles = person.labels.map((label) => label.split(", ").at(-1));
  return roles.length ? ` · ${[...new Set(roles)].join(", ")}` : " · no account yet";
}
