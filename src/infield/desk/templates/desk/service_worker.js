{% autoescape off %}// Keeps the shell of the app and the last copy of a few pages, to be read without a network. Nothing is written offline.
const SHELL = "shell-{{ version }}";
const PAGES = "pages";
const FILES = {{ files }};
const READABLE = {{ readable }};
const OFFLINE = {{ offline }}, SIGN_IN = {{ sign_in }}, SIGN_OUT = {{ sign_out }}, HOME = {{ home }};
const KEPT_MS = 7 * 24 * 3600 * 1000;
// a name with its content in it means the same for ever
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  const keep = async () => {
    const shell = await caches.open(SHELL);
    // without the page of last resort this is no worker: the browser tries again at the next page
    await shell.add(OFFLINE);
    // one file that is not there must not keep the others away; it is kept when a page asks for it
    await Promise.allSettled(FILES.map((file) => shell.add(file)));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => ![SHELL, PAGES].includes(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  // whoever signs out leaves nothing behind, whether the server hears of it or not
  if (request.method === "POST" && url.pathname === SIGN_OUT) return event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (FILES.includes(url.pathname) || HASHED.test(url.pathname)) event.respondWith(file(event, url));
});

const file = async (event, url) => {
  const { request } = event;
  const kept = HASHED.test(url.pathname) ? await caches.match(request) : null;
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok && FILES.includes(url.pathname)) event.waitUntil(keepLacking(url, answer.clone()));
    return answer;
  } catch (error) {
    const last = await caches.match(request, { ignoreSearch: true });
    if (last) return last;
    throw error;
  }
};

const keepLacking = async (url, answer) => {
  const shell = await caches.open(SHELL);
  if (!(await shell.match(url.pathname))) await shell.put(url.pathname, answer);
};

const page = async (event, url) => {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(remember(url, answer.clone()));
    return answer;
  } catch {
    return (await remembered(url)) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
};

const remember = async (url, answer) => {
  // sent to sign in: what is kept is somebody's who is not signed in any more
  if (new URL(answer.url || url).pathname === SIGN_IN) return caches.delete(PAGES);
  if (!answer.ok || answer.redirected || !READABLE.includes(url.pathname)) return;
  const pages = await caches.open(PAGES);
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Kept-At", Date.now());
  await pages.put(url.pathname, new Response(await answer.text(), { headers }));
};

const remembered = async (url) => {
  const pages = await caches.open(PAGES);
  const wanted = url.pathname === HOME ? READABLE : [url.pathname];
  for (const path of wanted) {
    const kept = await pages.match(path);
    if (!kept) continue;
    if (Date.now() - Number(kept.headers.get("X-Kept-At")) > KEPT_MS) {
      await pages.delete(path);
      continue;
    }
    const text = (await kept.text()).replace("<body ", "<body data-offline-copy ");
    return new Response(text, { headers: kept.headers });
  }
  return null;
};
{% endautoescape %}
