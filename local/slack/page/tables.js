// table, data_table and data_visualization blocks.

import { h } from "./dom.js";
import { richText } from "./rich.js";

function cell(value, reader) {
  if (value.type === "rich_text") return richText(value, reader);
  return value.text ?? String(value.value ?? "");
}

export function table(block, reader) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  const column = (index) => `${settings[index]?.align ?? "left"}${settings[index]?.is_wrapped ? " wrapped" : ""}`;
  return h(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map((one, index) => h("th", { scope: "col", class: column(index) }, cell(one, reader))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((one, index) => h("td", { class: column(index) }, cell(one, reader)))))),
    ),
  );
}

export function dataTable(block, reader) {
  const [head, ...all] = block.rows;
  const size = block.page_size ?? 5;
  let page = 0;
  let sorted = { column: -1, down: false };
  const root = h("div", { class: "data-table" });
  const order = (row) => row[sorted.column]?.value ?? row[sorted.column]?.text ?? "";
  const draw = () => {
    const rows = sorted.column < 0 ? all : [...all].sort((one, other) => {
      const [left, right] = [order(one), order(other)];
      const way = typeof left === "number" && typeof right === "number" ? left - right : String(left).localeCompare(String(right));
      return sorted.down ? -way : way;
    });
    const pages = Math.max(Math.ceil(rows.length / size), 1);
    const turn = (step, label) =>
      h("button", { type: "button", class: "button small", disabled: page + step < 0 || page + step >= pages, onclick: () => { page += step; draw(); } }, label);
    const header = (one, index) =>
      h(
        "th",
        { scope: "col", "aria-sort": sorted.column === index ? (sorted.down ? "descending" : "ascending") : undefined },
        h(
          "button",
          {
            type: "button",
            class: "bare",
            onclick: () => {
              sorted = { column: index, down: sorted.column === index && !sorted.down };
              page = 0;
              draw();
            },
          },
          cell(one, reader),
          h("span", { "aria-hidden": "true" }, sorted.column === index ? (sorted.down ? " ↓" : " ↑") : ""),
        ),
      );
    const named = block.row_header_column_index;
    root.replaceChildren(
      h(
        "div",
        { class: "scroller", tabindex: "0", role: "region", "aria-label": block.caption },
        h(
          "table",
          {},
          h("caption", {}, block.caption),
          h("thead", {}, h("tr", {}, head.map(header))),
          h(
            "tbody",
            {},
            rows.slice(page * size, page * size + size).map((row) =>
              h("tr", {}, row.map((one, index) =>
                h(index === named ? "th" : "td", { scope: index === named ? "row" : undefined, class: one.type === "raw_number" ? "right" : "" }, cell(one, reader)))),
            ),
          ),
        ),
      ),
    );
    if (pages > 1) {
      const from = page * size + 1;
      root.append(h("div", { class: "pages" }, turn(-1, "Previous"), h("span", { "aria-live": "polite" }, `${from}–${Math.min(from + size - 1, rows.length)} of ${rows.length}`), turn(1, "Next")));
    }
  };
  draw();
  return root;
}

export function chart(block) {
  const { chart: data, title } = block;
  const bars = data.type === "pie" ? [{ name: "", data: data.segments }] : data.series;
  const most = Math.max(...bars.flatMap((one) => one.data.map((point) => point.value)), 1);
  const bar = (point) => h("tr", {}, h("th", { scope: "row" }, point.label), h("td", {}, h("meter", { max: most, value: Math.max(point.value, 0) }), ` ${point.value}`));
  return h("table", { class: "chart" }, h("caption", {}, title), bars.map((one) => h("tbody", {}, one.name && h("tr", {}, h("th", { colspan: 2 }, one.name)), one.data.map(bar))));
}
