// Files: the card of one that is there, and the input for new ones.

import { inWords, upload } from "./api.js";
import { bytes, h, icon, newId } from "./dom.js";

const address = (file) => `/ui/files/${file.user_team}-${file.id}/${encodeURIComponent(file.name)}`;

export function fileCard(file) {
  return h(
    "div",
    { class: "file" },
    h("span", { class: "file-icon", "aria-hidden": "true" }, icon("file"), h("b", {}, file.filetype.slice(0, 4))),
    h(
      "span",
      { class: "file-name" },
      h("strong", {}, file.title || file.name),
      h("small", {}, `${file.title && file.title !== file.name ? `${file.name} · ` : ""}${bytes(file.size)}`),
    ),
    h("a", { class: "button small", href: address(file), download: file.name }, icon("down"), "Download", h("span", { class: "hidden" }, ` ${file.name}`)),
  );
}

const LIMIT = 10 * 1024 * 1024; // Slack's, for files in a modal

export function fileInput({ ctx, block, element, aria, changed, initial }) {
  let files = [...initial];
  const most = element.max_files ?? 10;
  const id = newId("file");
  const list = h("ul", { class: "picked", "aria-live": "polite" });
  const input = h("input", { type: "file", id, class: "hidden", multiple: most > 1, ...aria });
  if (element.filetypes?.length) input.accept = element.filetypes.map((type) => `.${type}`).join(",");
  const read = () => files.map((file) => file.id ?? file);
  ctx.form.register(block, element, read);

  const draw = (busy) => {
    list.replaceChildren(
      ...files.map((file) =>
        h(
          "li",
          {},
          icon("file"),
          h("span", {}, file.name ?? file, " ", h("small", {}, file.size === undefined ? "" : bytes(file.size))),
          h(
            "button",
            {
              type: "button",
              class: "bare",
              "aria-label": `Remove ${file.name ?? file}`,
              onclick: () => {
                files = files.filter((other) => other !== file);
                draw();
              },
            },
            icon("close"),
          ),
        ),
      ),
      ...(busy ? [h("li", { class: "faint" }, busy)] : []),
    );
  };
  const add = async (chosen) => {
    for (const file of chosen) {
      if (files.length >= most && most > 1) return draw(`No more than ${most} files.`);
      if (file.size > LIMIT) return draw(`${file.name} is over 10 MB, which is all that Slack takes here.`);
      draw(`Uploading ${file.name} …`);
      const answer = await upload(ctx.who, file);
      if (!answer.ok) return draw(inWords(answer.error));
      if (most === 1) files = [];
      files.push(answer.file);
    }
    draw();
    return changed(read);
  };
  input.addEventListener("change", () => add(input.files));
  const zone = h(
    "div",
    { class: "dropzone" },
    input,
    h("label", { for: id, class: "button small" }, icon("clip"), most > 1 ? "Choose files" : "Choose a file"),
    h("span", { class: "faint" }, "or drop here"),
    list,
  );
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.remove("over");
    add(event.dataTransfer.files);
  });
  draw();
  return zone;
}
