// An app of somebody else's, of another origin: it knows a server by its address in the query, and all else from masto.
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from "masto";

const asked = new URLSearchParams(location.search);
const redirectUri = location.origin + location.pathname;
const scope = "read write follow push";
const shown = (id) => document.getElementById(id);

function inBase64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

async function leave() {
  const url = asked.get("server");
  const app = await createRestAPIClient({ url }).v1.apps.create({
    clientName: "An app of somebody else's",
    redirectUris: redirectUri,
    scopes: scope,
  });
  const verifier = inBase64(crypto.getRandomValues(new Uint8Array(48)));
  const challenge = inBase64(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  sessionStorage.setItem("way", JSON.stringify({ url, app, verifier }));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope,
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  location.assign(`${url}/oauth/authorize?${query}`);
}

async function arrive(code) {
  const { url, app, verifier } = JSON.parse(sessionStorage.getItem("way"));
  const token = await createOAuthAPIClient({ url }).token.create({
    grantType: "authorization_code",
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    redirectUri,
    scope,
    code,
    codeVerifier: verifier,
  });
  const rest = createRestAPIClient({ url, accessToken: token.accessToken });
  const me = await rest.v1.accounts.verifyCredentials();
  const place = await rest.v2.instance.fetch();
  const streaming = createStreamingAPIClient({
    streamingApiUrl: place.configuration.urls.streaming,
    accessToken: token.accessToken,
  });
  shown("say").addEventListener("submit", (event) => attempt(event, () => say(rest, event.target)));
  shown("profile").addEventListener("submit", (event) => attempt(event, () => change(rest, event.target)));
  attempt(null, () => hear(streaming));
  shown("who").textContent = `Signed in as ${me.username}`;
}

async function say(rest, form) {
  const media = await rest.v2.media.create({
    file: form.elements.picture.files[0],
    description: form.elements.description.value,
  });
  const status = await rest.v1.statuses.create({
    status: form.elements.words.value,
    mediaIds: [media.id],
    visibility: "public",
  });
  shown("said").textContent = status.uri;
}

async function change(rest, form) {
  const me = await rest.v1.accounts.updateCredentials({ displayName: form.elements.name.value });
  shown("who").textContent = `Signed in as ${me.displayName}`;
}

async function hear(streaming) {
  for await (const event of streaming.user.subscribe()) {
    const line = document.createElement("li");
    const status = event.event === "notification" ? event.payload.status : event.payload;
    line.textContent = `${event.event} of ${status?.account?.acct}: ${status?.content}`;
    shown("heard").append(line);
  }
}

async function attempt(event, act) {
  event?.preventDefault();
  try {
    await act();
  } catch (fault) {
    shown("fault").textContent = String(fault);
  }
}

shown("sign-in").addEventListener("click", (event) => attempt(event, leave));
if (asked.get("code")) {
  attempt(null, () => arrive(asked.get("code")));
}
