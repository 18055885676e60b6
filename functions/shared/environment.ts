/** A variable that the template has to set and did not: the function cannot start. */
export class MissingEnvironmentVariableError extends Error {
  override readonly name = 'MissingEnvironmentVariableError';
}

/**
 * Reads an environment variable that the function cannot do without; called while the module loads,
 * so that a mistake in the template shows at the first cold start.
 * @throws {MissingEnvironmentVariableError} When the variable is unset or empty.
 */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new MissingEnvironmentVariableError(
      `Cannot start: set the environment variable "${name}" of this function in its template`,
    );
  }
  return value;
}

/**
 * Reads an environment variable that holds a positive whole number.
 * @throws {MissingEnvironmentVariableError} When it is unset or holds anything else.
 */
export function requiredNumber(name: string): number {
  const text = requiredVariable(name);
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new MissingEnvironmentVariableError(
      `Cannot start: "${name}" is "${text}", write a positive whole number`,
    );
  }
  return Number(text);
}
