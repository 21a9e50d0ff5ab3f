// Lets the forms of /api/docs send their request from the page and shows the answer below.

for (const button of document.querySelectorAll("button[data-needs-script]")) button.hidden = false;

for (const form of document.querySelectorAll("form[data-path]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form, form.nextElementSibling);
  });
}

/** Sends what the form says and writes status, time and body into `output`. */
async function send(form, output) {
  const { address, headers } = requestOf(form);
  const stop = new AbortController();
  // An event stream never ends by itself: what came in three seconds is shown.
  const timer = setTimeout(() => stop.abort(), 3000);
  output.hidden = false;
  output.textContent = `${form.dataset.method} ${address}\n…`;
  const started = performance.now();
  let text = "";
  try {
    const answer = await fetch(address, { method: form.dataset.method, headers, signal: stop.signal });
    const head = `${form.dataset.method} ${address}\n${answer.status} in ${Math.round(performance.now() - started)} ms\n\n`;
    output.textContent = head;
    if (!answer.headers.get("content-type")?.includes("event-stream")) clearTimeout(timer);
    for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      output.textContent = head + readable(text);
    }
  } catch (error) {
    if (!stop.signal.aborted) output.textContent += `\n${error}`;
  } finally {
    clearTimeout(timer);
  }
}

function requestOf(form) {
  const query = new URLSearchParams();
  const headers = {};
  let path = form.dataset.path;
  for (const field of form.querySelectorAll("[data-in]")) {
    const { value } = field;
    if (value === "") continue;
    if (field.dataset.in === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(value));
    else if (field.dataset.in === "token") headers.Authorization = `Bearer ${value}`;
    else query.append(field.name, value);
  }
  return { address: query.size === 0 ? path : `${path}?${query}`, headers };
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
