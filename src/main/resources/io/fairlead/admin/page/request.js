// Changes asked of the API. Where it wants the admin token, it is asked for, and kept in the memory of this page alone.

import { byId, write } from "./dom.js";

const UNAUTHORIZED = 401;
let token = "";

export function memberPath(pool, id) {
  return `/api/v1/pools/${encodeURIComponent(pool)}/members/${encodeURIComponent(id)}`;
}

/** Asks for a change, if `tag` is given only of what has this tag: whether it was made, the answer's body and tag, and in words why not. */
export async function ask(method, path, body, tag) {
  try {
    let answer = await send(method, path, body, tag);
    let refused = "";
    while (answer.status === UNAUTHORIZED) {
      const given = await askForToken(refused);
      if (!given) return { ok: false, detail: "Nothing was changed: it needs the admin token." };
      token = given;
      answer = await send(method, path, body, tag);
      refused = "That is not the token.";
    }
    const said = await answer.json().catch(() => ({}));
    return { ok: answer.ok, body: said, tag: answer.headers.get("etag"), detail: answer.ok ? "" : (said.detail ?? `The answer was ${answer.status}.`) };
  } catch {
    return { ok: false, detail: "There was no answer: nothing is known to have changed." };
  }
}

function send(method, path, body, tag) {
  const headers = { ...(body ? { "content-type": "application/json" } : {}), ...(tag ? { "if-match": tag } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) };
  return fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

/** What was typed in; empty if the question was closed. */
function askForToken(problem) {
  const dialog = byId("token");
  const input = byId("token-text");
  write(byId("token-problem"), problem);
  dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    let given = "";
    const submit = (event) => {
      event.preventDefault();
      given = input.value;
      dialog.close();
    };
    dialog.querySelector("form").addEventListener("submit", submit);
    dialog.addEventListener("close", () => {
      dialog.querySelector("form").removeEventListener("submit", submit);
      input.value = "";
      resolve(given);
    }, { once: true });
  });
}

byId("token").querySelector('[data-part="cancel"]').addEventListener("click", () => byId("token").close());
