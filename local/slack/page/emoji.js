// The emoji that are common in messages of this kind; another shortcode stays as it was typed.

const TABLE =
  "+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 tada 🎉 white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ " +
  "x ❌ negative_squared_cross_mark ❎ no_entry ⛔ no_entry_sign 🚫 warning ⚠️ rotating_light 🚨 exclamation ❗ question ❓ " +
  "information_source ℹ️ bulb 💡 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 eyes 👀 eye 👁️ mag 🔍 mag_right 🔎 lock 🔒 " +
  "unlock 🔓 key 🔑 shield 🛡️ hourglass ⌛ hourglass_flowing_sand ⏳ clock1 🕐 clock3 🕒 stopwatch ⏱️ alarm_clock ⏰ " +
  "calendar 📅 date 📅 spiral_calendar_pad 🗓️ inbox_tray 📥 outbox_tray 📤 package 📦 truck 🚚 iphone 📱 phone ☎️ " +
  "telephone_receiver 📞 calling 📲 computer 💻 desktop_computer 🖥️ battery 🔋 electric_plug 🔌 satellite 🛰️ " +
  "page_facing_up 📄 page_with_curl 📃 clipboard 📋 memo 📝 pencil 📝 pencil2 ✏️ bookmark_tabs 📑 card_index 📇 " +
  "card_index_dividers 🗂️ file_folder 📁 open_file_folder 📂 bar_chart 📊 chart_with_upwards_trend 📈 " +
  "chart_with_downwards_trend 📉 label 🏷️ paperclip 📎 link 🔗 pushpin 📌 round_pushpin 📍 scissors ✂️ wastebasket 🗑️ " +
  "recycle ♻️ arrows_counterclockwise 🔄 repeat 🔁 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ " +
  "arrow_upper_right ↗️ leftwards_arrow_with_hook ↩️ rewind ⏪ fast_forward ⏩ heavy_plus_sign ➕ heavy_minus_sign ➖ " +
  "red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪ " +
  "black_circle ⚫ large_green_square 🟩 large_red_square 🟥 large_yellow_square 🟨 gear ⚙️ wrench 🔧 hammer 🔨 " +
  "hammer_and_wrench 🛠️ robot_face 🤖 bust_in_silhouette 👤 busts_in_silhouette 👥 office 🏢 department_store 🏬 " +
  "factory 🏭 house 🏠 convenience_store 🏪 handshake 🤝 pray 🙏 clap 👏 raised_hands 🙌 point_right 👉 point_up ☝️ " +
  "point_down 👇 ok_hand 👌 muscle 💪 smile 😄 slightly_smiling_face 🙂 grinning 😀 thinking_face 🤔 sweat_smile 😅 " +
  "cry 😢 heart ❤️ star ⭐ sparkles ✨ fire 🔥 rocket 🚀 zap ⚡ boom 💥 dart 🎯 trophy 🏆 checkered_flag 🏁 " +
  "triangular_flag_on_post 🚩 email ✉️ envelope ✉️ speech_balloon 💬 thought_balloon 💭 lock_with_ink_pen 🔏 " +
  "closed_lock_with_key 🔐 ticket 🎫 receipt 🧾 moneybag 💰 credit_card 💳 globe_with_meridians 🌐 construction 🚧 " +
  "new 🆕 ok 🆗 up 🆙 free 🆓 sos 🆘 100 💯 hash #️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣";

const cells = TABLE.split(" ");
const EMOJI = new Map();
for (let at = 0; at < cells.length; at += 2) EMOJI.set(cells[at], cells[at + 1]);

export const emoji = (name) => EMOJI.get(name.toLowerCase().split("::")[0]);
export const withEmoji = (text) => text.replace(/:([\w+-]+):/g, (whole, name) => emoji(name) ?? whole);
