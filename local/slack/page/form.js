// What a person has picked or typed in the inputs of one message, modal or Home tab.

// Returns what stands in an element at first, in the page's own form: a text, an option's value (the option itself in an
// external menu), an id, or a list of these.
function fromState(element, state) {
  const external = element.type.endsWith("external_select");
  const value = (option) => (external ? option : option.value);
  const first = (name) => state?.[`selected_${name}`] ?? (state ? null : element[`initial_${name}`]);
  if (element.type === "file_input") return state?.files ?? [];
  if (element.type.startsWith("multi_") || element.type === "checkboxes") {
    for (const name of ["options", "users", "channels", "conversations"]) {
      const list = first(name);
      if (list?.length) return list.map((one) => (typeof one === "object" ? value(one) : one));
    }
    return [];
  }
  for (const name of ["option", "user", "channel", "conversation", "date", "time", "date_time"]) {
    const one = first(name);
    if (one !== null && one !== undefined) return typeof one === "object" ? value(one) : one;
  }
  return state ? (state.value ?? "") : (element.initial_value ?? "");
}

export class Form {
  constructor(values, earlier) {
    this.values = values ?? {};
    this.earlier = earlier?.picks() ?? {};
    this.reads = new Map();
  }

  initial(block, element) {
    const before = this.earlier[block.block_id]?.[element.action_id];
    return before !== undefined ? before : fromState(element, this.values[block.block_id]?.[element.action_id]);
  }

  register(block, element, read) {
    this.reads.set(`${block.block_id}\n${element.action_id}`, [block.block_id, element.action_id, read]);
  }

  picks() {
    const out = {};
    for (const [block, action, read] of this.reads.values()) (out[block] ??= {})[action] = read();
    return out;
  }
}
