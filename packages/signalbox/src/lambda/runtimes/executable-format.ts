import { closeSync, openSync, readSync } from 'node:fs';

/** The machine that a program is made for, in the words of Node.js. */
export interface Machine {
  readonly system: string;
  readonly architecture: string;
}

/** `e_machine` of the ELF header. */
const ELF_MACHINES = new Map([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
  [0x28, 'arm'],
  [0x03, 'ia32'],
]);

/** `cputype` of the Mach-O header. */
const MACH_MACHINES = new Map([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
]);

const ELF = 0x7f454c46;
const MACH_64 = 0xfeedfacf;
const MZ = 0x4d5a;

/** Reads from a program's first bytes what machine it is for; undefined for a script and what is not known. */
export function machineOf(file: string): Machine | undefined {
  const head = Buffer.alloc(20);
  const descriptor = openSync(file, 'r');
  try {
    if (readSync(descriptor, head) < head.length) return undefined;
  } finally {
    closeSync(descriptor);
  }
  if (head.readUInt32BE(0) === ELF) {
    return { system: 'linux', architecture: ELF_MACHINES.get(head.readUInt16LE(18)) ?? 'another' };
  }
  if (head.readUInt32LE(0) === MACH_64) {
    return { system: 'darwin', architecture: MACH_MACHINES.get(head.readUInt32LE(4)) ?? 'another' };
  }
  return head.readUInt16BE(0) === MZ ? { system: 'win32', architecture: 'x64' } : undefined;
}
