// Talks to the workspace.

export async function get(path, query = {}) {
  const answer = await fetch(`/ui/${path}?${new URLSearchParams(query)}`);
  return answer.json();
}

export async function post(path, body) {
  try {
    const answer = await fetch(`/ui/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "the workspace does not answer" };
  }
}

export function upload(who, file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onerror = () => resolve({ ok: false, error: "the file cannot be read" });
    reader.onload = () => resolve(post("upload", { ...who, name: file.name, content: reader.result }));
    reader.readAsDataURL(file);
  });
}

export function listen(changed, status) {
  const source = new EventSource("/ui/events");
  let gone = false;
  source.onmessage = (event) => changed(new Set(event.data.split(" ")));
  source.onopen = () => {
    status(true);
    if (gone) changed(null); // what happened meanwhile is not told again
    gone = false;
  };
  source.onerror = () => {
    gone = true;
    status(false);
  };
}

const ERRORS = {
  is_archived: "This channel is archived.",
  not_in_channel: "This person is not in the channel.",
  account_inactive: "This account is deactivated.",
  not_found: "That is no longer there.",
  message_not_found: "That message is no longer there.",
  action_not_found: "That button is no longer there.",
  file_too_large: "The file is too large.",
};
export const inWords = (error) => ERRORS[error] ?? `That did not work (${error}).`;
