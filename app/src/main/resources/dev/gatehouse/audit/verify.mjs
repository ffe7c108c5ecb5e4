#!/usr/bin/env node
// Checks an audit log of Gatehouse without Gatehouse: node verify.mjs [DIRECTORY] [PUBLIC-KEY]
//
// It needs Node 18 or newer and nothing else. A key that was kept away from the log proves more than the one beside it: somebody who
// can replace both can write any log.
//
// Exit code: 0 intact, 1 tampered, 2 cannot be read, 3 incomplete (half a last record, or records the head does not cover yet).
import {createHash, createPublicKey, verify} from 'node:crypto';
import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const directory = process.argv[2] ?? dirname(fileURLToPath(import.meta.url));
const keyFile = process.argv[3] ?? join(directory, 'key.ed25519.pub');

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

// RFC 8785: members sorted by UTF-16 code units, numbers and strings as JavaScript writes them.
const canonical = value =>
  Array.isArray(value) ? `[${value.map(canonical).join(',')}]`
  : value !== null && typeof value === 'object'
    ? `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
    : JSON.stringify(value);

const without = (object, name) => {
  const {[name]: _, ...rest} = object;
  return rest;
};

const end = (code, text) => {
  console.log(text);
  process.exit(code);
};
const tampered = (place, what) => end(1, `tampered: ${what} (${place})`);

// A text in the canonical form, and no other spelling of the same.
const strict = (bytes, place) => {
  const text = bytes.toString('utf8');
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    tampered(place, 'not_json');
  }
  if (canonical(value) !== text || !Buffer.from(text, 'utf8').equals(bytes)) tampered(place, 'not_canonical');
  return value;
};

const readable = (file, what) => {
  try {
    return readFileSync(file);
  } catch {
    return tampered(file, what);
  }
};

let segments;
try {
  segments = readdirSync(directory)
    .map(name => [/^audit-([1-9][0-9]*)\.ndjson$/.exec(name), name])
    .filter(([match]) => match)
    .map(([match, name]) => ({name, first: Number(match[1])}))
    .sort((a, b) => a.first - b.first);
} catch {
  end(2, `${directory} cannot be read`);
}

const headBytes = readable(join(directory, 'head.json'), 'head_missing');
const spki = readable(keyFile, 'key_missing').toString('latin1');
if (!headBytes.length || headBytes.at(-1) !== 10) tampered('head.json', 'head_invalid');
const head = strict(headBytes.subarray(0, -1), 'head.json');
let key;
try {
  key = createPublicKey(spki);
} catch {
  tampered(keyFile, 'key_invalid');
}
const der = key.export({type: 'spki', format: 'der'});
const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
if (spki !== pem) tampered(keyFile, 'key_invalid');
const signature = Buffer.from(String(head.sig), 'base64');
if (head.kid !== sha256(der).slice(0, 16)
    || signature.toString('base64') !== head.sig
    || !verify(null, Buffer.from(canonical(without(head, 'sig')), 'utf8'), key, signature)) {
  tampered('head.json', 'head_invalid');
}

let last = {seq: 0, hash: '0'.repeat(64)};
let covered = head.seq === 0 && head.hash === last.hash && head.bytes === 0;
let bytes = 0;
let torn = false;
segments.forEach(({name, first}, index) => {
  const content = readable(join(directory, name), 'unreadable');
  if (first !== last.seq + 1) tampered(name, 'seq_gap');
  let start = 0;
  for (let line = 1; start < content.length; line++) {
    const place = `${name} line ${line}`;
    const feed = content.indexOf(10, start);
    if (feed < 0) {
      if (index + 1 < segments.length) tampered(place, 'torn_inside');
      torn = true;
      break;
    }
    const record = strict(content.subarray(start, feed), place);
    if (record.v !== 1) tampered(place, 'unknown_version');
    if (sha256(Buffer.from(canonical(without(record, 'hash')), 'utf8')) !== record.hash) tampered(place, 'hash_mismatch');
    if (record.seq !== last.seq + 1) tampered(place, 'seq_gap');
    if (record.prev !== last.hash) tampered(place, 'prev_mismatch');
    if (record.event === 'audit_recovered' && record.recovered?.damage !== undefined) tampered(place, 'damage_recorded');
    last = record;
    start = feed + 1;
    if (record.seq === head.seq) {
      if (record.hash !== head.hash || bytes + start !== head.bytes) tampered(place, 'head_mismatch');
      covered = true;
    }
  }
  bytes += start;
});

if (head.seq > last.seq) tampered('head.json', 'truncated');
if (!covered) tampered('head.json', 'head_mismatch');
if (torn) end(3, `incomplete: half a record after ${last.seq}`);
if (last.seq > head.seq) end(3, `incomplete: ${last.seq - head.seq} records the head does not cover yet`);
end(0, `intact: ${last.seq} records, signed ${head.ts}`);
