// What exactly a person agrees to: the call in full, its digest computed from what is shown, and what differs from the one before.

/** The canonical JSON of a value (RFC 8785): what the digests are made of. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

/** The SHA-256 of the canonical JSON as hex; null where the browser computes none, which is on plain HTTP from another machine. */
export async function digest(value) {
  if (!globalThis.crypto?.subtle) return null;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(value)));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Every leaf of a value by its path, such as `args.target` or `steps[2]`. */
function leaves(value, path = '', found = new Map()) {
  const inner = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  if (inner.length === 0) found.set(path, JSON.stringify(value));
  for (const [name, member] of inner) {
    leaves(member, path + step(value, name, path), found);
  }
  return found;
}

function step(value, name, path) {
  if (Array.isArray(value)) return `[${name}]`;
  // A name with a dot in it must not look like two.
  if (!/^\w+$/.test(name)) return `[${JSON.stringify(name)}]`;
  return path ? `.${name}` : name;
}

/** The leaves that differ: path, text before and text now; null for one that is not there. */
export function changes(before, now) {
  const [old, fresh] = [leaves(before), leaves(now)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((path) => old.get(path) !== fresh.get(path))
    .map((path) => ({ path, before: old.get(path) ?? null, now: fresh.get(path) ?? null }));
}
