// Reads a page from standard input as microformats-parser does; prints what it found.
import { mf2 } from "microformats-parser";

let html = "";
for await (const chunk of process.stdin) html += chunk;
console.log(JSON.stringify(mf2(html, { baseUrl: process.argv[2] })));
