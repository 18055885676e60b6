#!/usr/bin/env node
// A registry mirror may hold the packages of one platform only; npm then leaves those of the others out of
// package-lock.json, and `npm ci` refuses that lock. This adds the optional packages that are missing.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = 'package-lock.json';
const SYSTEMS = /\b(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)\b/;
const PROCESSORS = /\b(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)\b/;

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
let added = 0;
for (const [owner, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isLocked(owner, name)) continue;
    const version = range.replace(/^[^\d]*/, '');
    lock.packages[`node_modules/${name}`] = {
      version,
      resolved: `https://registry.npmjs.org/${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
      ...platformOf(name),
      ...(dev ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
}
const entries = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(entries);
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`Added ${added} optional packages of other platforms\n`);

/** Looks for the package where Node would: in the owner's folder, then in those above. */
function isLocked(owner, name) {
  const folders = owner.split('/node_modules/');
  return (
    folders.some((_, depth) => {
      const base = folders.slice(0, folders.length - depth).join('/node_modules/');
      return `${base === '' ? '' : `${base}/`}node_modules/${name}` in lock.packages;
    }) || `node_modules/${name}` in lock.packages
  );
}

function platformOf(name) {
  const os = SYSTEMS.exec(name)?.[1];
  const cpu = PROCESSORS.exec(name)?.[1];
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(os ? { os: [os] } : {}) };
}
