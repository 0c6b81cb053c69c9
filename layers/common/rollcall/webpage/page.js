"use strict";
(() => {
  const form = document.getElementById("form");
  if (!form) return;
  const file = document.getElementById("file");
  const send = document.getElementById("send");
  const bar = document.getElementById("bar");
  const progress = document.getElementById("progress");
  const status = document.getElementById("status");
  const upload = document.getElementById("upload").textContent;
  const until = document.getElementById("until");
  const most = Number(form.dataset.most);
  const texts = JSON.parse(form.dataset.texts); // in the language of the page
  let ticket = null; // what the link gave out; kept, so that a broken connection does not cost the link

  until.textContent = new Date(until.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  const say = (text) => { status.textContent = text; };

  const ready = (text) => {
    say(text);
    send.disabled = false;
    file.disabled = ticket !== null;
    send.textContent = ticket ? texts.again : texts.send;
  };

  const start = async (chosen) => {
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: chosen.name, size: chosen.size }),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.problem);
    return told;
  };

  const post = (chosen) => new Promise((resolve, reject) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(ticket.fields)) body.append(name, value);
    body.append("file", chosen); // S3 leaves out what comes after the file
    const request = new XMLHttpRequest();
    request.open("POST", ticket.url);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const done = Math.floor((100 * event.loaded) / event.total);
      progress.value = done;
      say(`${done} %`);
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Error(request.status === 403 ? texts.over : texts.refused.replace("%", request.status)));
    });
    request.addEventListener("error", () => reject(new Error(texts.broken)));
    request.send(body);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = file.files[0];
    if (!chosen) return say(texts.first);
    if (!chosen.size) return say(texts.empty);
    if (chosen.size > most) return say(texts.large);
    send.disabled = file.disabled = true;
    say(texts.starting);
    try {
      ticket = ticket || await start(chosen);
      bar.hidden = false;
      await post(chosen);
    } catch (error) {
      return ready(error.message || texts.failed);
    }
    progress.value = 100;
    form.hidden = true;
    say(texts.sent.replace("%", upload));
  });
})();
