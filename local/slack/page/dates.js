// Times as the reader sees them, in the reader's own zone.

const format = (zone, options) => {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options });
  } catch {
    return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });
  }
};
const dayNumber = (date, zone) => {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  return Date.UTC(part("year"), part("month") - 1, part("day")) / 86400000;
};

export const clock = (ts, zone) => format(zone, { hour: "numeric", minute: "2-digit" }).format(new Date(ts * 1000));

export function day(ts, zone) {
  const date = new Date(ts * 1000);
  return pretty(date, zone) ?? format(zone, { weekday: "long", month: "long", day: "numeric" }).format(date);
}

export const full = (ts, zone) =>
  `${format(zone, { dateStyle: "full", timeStyle: "medium" }).format(new Date(ts * 1000))} (${zone})`;

export const dayKey = (ts, zone) => dayNumber(new Date(ts * 1000), zone);

function pretty(date, zone) {
  const away = dayNumber(date, zone) - dayNumber(new Date(), zone);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[away];
}

function ordinal(number) {
  const tens = number % 100;
  if (tens > 10 && tens < 14) return `${number}th`;
  return `${number}${["th", "st", "nd", "rd"][number % 10] ?? "th"}`;
}

// https://docs.slack.dev/messaging/formatting-message-text: the tokens of <!date^…>
export function formatted(epoch, pattern, zone) {
  const date = new Date(epoch * 1000);
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "long", day: "numeric", weekday: "long" })
      .formatToParts(date)
      .map((part) => [part.type, part.value]),
  );
  const long = `${parts.month} ${ordinal(Number(parts.day))}, ${parts.year}`;
  const short = format(zone, { year: "numeric", month: "short", day: "numeric" }).format(date);
  const numbers = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date);
  const number = (type) => numbers.find((part) => part.type === type).value;
  const near = pretty(date, zone)?.toLowerCase();
  const values = {
    date_num: `${number("year")}-${number("month")}-${number("day")}`,
    date: long,
    date_short: short,
    date_long: `${parts.weekday}, ${long}`,
    date_pretty: near ?? long,
    date_short_pretty: near ?? short,
    date_long_pretty: near ?? `${parts.weekday}, ${long}`,
    time: clock(epoch, zone),
    time_secs: format(zone, { hour: "numeric", minute: "2-digit", second: "2-digit" }).format(date),
    ago: ago(date),
  };
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token) => values[token] ?? whole);
  return text.charAt(0).toUpperCase() === text.charAt(0) || !near ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function ago(date) {
  const seconds = Math.round((date - Date.now()) / 1000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(seconds, "second");
}
