import { posix } from 'node:path';
import type { Reading } from '../resource-type.ts';

/**
 * Reports a handler of Python that names no file of its code, as Lambda would at the first call.
 * Code that a build of its own makes is looked at where that build has left it.
 */
export function checkPythonHandler(reading: Reading, directory: string): void {
  const { properties, metadata, files } = reading;
  const runtime = properties.text('Runtime') ?? '';
  const handler = properties.text('Handler') ?? '';
  if (!runtime.startsWith('python') || !handler.includes('.')) return;
  if (metadata.text('BuildMethod') === 'makefile') return;
  const module = handler.slice(0, handler.lastIndexOf('.')).replaceAll('.', '/');
  const names = [`${module}.py`, `${module}/__init__.py`];
  if (names.some((name) => files.isFile(posix.join(directory, name)))) return;
  const message = `Handler ${handler} names no file in ${directory}: there is no ${names.join(', ')}`;
  properties.refuse('Handler', message);
}
