/**
 * The value of a name that came from outside. Every object of JavaScript has a `constructor`; this
 * returns what the record itself has.
 * @param record Values by their names.
 * @param name Any name, such as `__proto__`.
 * @returns Undefined where the record has no value of that name.
 */
export function ownMember<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Sets the value of a name that came from outside: `__proto__` is a name like any other. */
export function setOwnMember<T>(record: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(record, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
