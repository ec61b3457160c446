// A small server of one person, on Fedify, which others wrote. Tests tell it what to do at /control.
//
//   node peer.mjs PORT CERT KEY [rfc9421|draft-cavage-http-signatures-12]
//
// It prints one line when it listens. GET /control/state tells what it has seen.
import { createServer } from "node:https";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { Temporal } from "@js-temporal/polyfill";
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import { Accept, Create, Delete, Endpoints, Follow, Like, Mention, Note, Person, PUBLIC_COLLECTION, Update } from "@fedify/vocab";

const [port, cert, key, firstKnock = "rfc9421"] = process.argv.slice(2);
const origin = `https://localhost:${port}`;
const seen = { accepts: [], creates: [], updates: [], deletes: [], likes: [], follows: [] };
const notes = new Map();
const pairs = [
  await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"),
  await generateCryptoKeyPair("Ed25519"),
];

const federation = createFederation({
  kv: new MemoryKvStore(),
  allowPrivateAddress: true,
  firstKnock,
  origin,
});

federation
  .setActorDispatcher("/users/{identifier}", async (ctx, identifier) => {
    if (identifier !== "fay") return null;
    const keys = await ctx.getActorKeyPairs(identifier);
    return new Person({
      id: ctx.getActorUri(identifier),
      preferredUsername: identifier,
      name: "Fay Elsewhere",
      summary: "<p>Made by others.</p>",
      inbox: ctx.getInboxUri(identifier),
      outbox: new URL(`${origin}/users/${identifier}/outbox`),
      followers: new URL(`${origin}/users/${identifier}/followers`),
      endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
      url: ctx.getActorUri(identifier),
      publicKey: keys[0].cryptographicKey,
      assertionMethods: keys.map((pair) => pair.multikey),
    });
  })
  .setKeyPairsDispatcher(() => pairs);

federation.setObjectDispatcher(Note, "/notes/{id}", (_ctx, { id }) => notes.get(id) ?? null);

const remember = (list) => async (_ctx, activity) => {
  const object = await activity.getObject({ suppressError: true });
  list.push({
    id: activity.id?.href,
    actor: activity.actorId?.href,
    objectId: object?.id?.href ?? activity.objectId?.href,
    text: object?.content?.toString() ?? null,
  });
};
federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .on(Accept, remember(seen.accepts))
  .on(Create, remember(seen.creates))
  .on(Update, remember(seen.updates))
  .on(Delete, remember(seen.deletes))
  .on(Like, remember(seen.likes))
  .on(Follow, async (ctx, follow) => {
    await remember(seen.follows)(ctx, follow);
    const follower = await follow.getActor(ctx);
    await ctx.sendActivity({ identifier: "fay" }, follower, new Accept({
      id: new URL(`${origin}/accepts/${crypto.randomUUID()}`),
      actor: ctx.getActorUri("fay"),
      object: follow,
    }));
  });

const describe = async (object) => object && {
  id: object.id?.href,
  type: object.constructor.name,
  name: object.name?.toString() ?? null,
  content: object.content?.toString() ?? null,
  preferredUsername: object.preferredUsername?.toString() ?? null,
  inbox: object.inboxId?.href ?? null,
  attributedTo: object.attributionId?.href ?? null,
  keys: object.getPublicKeys ? (await Array.fromAsync(object.getPublicKeys())).length : 0,
  multikeys: object.getAssertionMethods ? (await Array.fromAsync(object.getAssertionMethods())).length : 0,
};

const commands = {
  state: async () => seen,
  lookup: async (ctx, { what }) => {
    const loader = await ctx.getDocumentLoader({ identifier: "fay" });
    return describe(await ctx.lookupObject(what, { documentLoader: loader }));
  },
  follow: async (ctx, { actor }) => {
    const target = await ctx.lookupObject(actor);
    const id = new URL(`${origin}/follows/${crypto.randomUUID()}`);
    await ctx.sendActivity({ identifier: "fay" }, target, new Follow({ id, actor: ctx.getActorUri("fay"), object: target.id }));
    return { id: id.href };
  },
  reply: async (ctx, { to, post, text }) => {
    const target = await ctx.lookupObject(to);
    const id = crypto.randomUUID();
    const note = new Note({
      id: ctx.getObjectUri(Note, { id }),
      attribution: ctx.getActorUri("fay"),
      content: `<p>${text}</p>`,
      replyTarget: new URL(post),
      tos: [PUBLIC_COLLECTION],
      ccs: [target.id],
      tags: [new Mention({ href: target.id, name: `@${target.preferredUsername}@${new URL(target.id).host}` })],
      published: Temporal.Now.instant(),
    });
    notes.set(id, note);
    await ctx.sendActivity({ identifier: "fay" }, target, new Create({
      id: new URL(`${origin}/creates/${id}`),
      actor: ctx.getActorUri("fay"),
      tos: [PUBLIC_COLLECTION],
      ccs: [target.id],
      object: note,
    }));
    return { id: note.id.href };
  },
  like: async (ctx, { to, post }) => {
    const target = await ctx.lookupObject(to);
    const id = new URL(`${origin}/likes/${crypto.randomUUID()}`);
    await ctx.sendActivity({ identifier: "fay" }, target, new Like({ id, actor: ctx.getActorUri("fay"), object: new URL(post) }));
    return { id: id.href };
  },
};

async function answer(request) {
  const url = new URL(request.url);
  const command = url.pathname.match(/^\/control\/(\w+)$/)?.[1];
  if (!command) return federation.fetch(request, { contextData: undefined });
  const ctx = federation.createContext(request, undefined);
  try {
    const wanted = request.method === "POST" ? await request.json() : {};
    return Response.json(await commands[command](ctx, wanted));
  } catch (error) {
    return Response.json({ error: String(error?.stack ?? error) }, { status: 500 });
  }
}

const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, async (incoming, outgoing) => {
  const hasBody = !["GET", "HEAD"].includes(incoming.method);
  const request = new Request(`${origin}${incoming.url}`, {
    method: incoming.method,
    headers: incoming.headers,
    body: hasBody ? Readable.toWeb(incoming) : undefined,
    duplex: "half",
  });
  const response = await answer(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
server.listen(Number(port), "127.0.0.1", () => console.log(`listening on ${origin}`));
