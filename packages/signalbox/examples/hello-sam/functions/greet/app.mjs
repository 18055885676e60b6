/** Greets a visitor by name. */
export const handler = async ({ name }) => ({ greeting: `Hello, ${name}!` });
