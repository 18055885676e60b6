/** An error as the runtime posts it to Lambda; the invoker gets it as the payload. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Reports what a handler threw, as the Node.js runtime interface client does (`src/utils/error.ts`). */
export function toErrorReport(error: unknown): ErrorReport {
  try {
    if (!(error instanceof Error)) {
      return { errorType: typeof error, errorMessage: String(error), trace: [] };
    }
    return {
      errorType: withoutDelete(error.name),
      errorMessage: withoutDelete(error.message),
      trace: withoutDelete(error.stack ?? '').split('\n'),
    };
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage, trace: [] };
  }
}

/** Writes an error as the runtime logs it behind `Invoke Error` and `Init Error`. */
export function toErrorLog(error: unknown): string {
  const wrapped = error instanceof Error ? error : new Error(String(error));
  try {
    return `\t${JSON.stringify(wrapped, (_key, value: unknown) => withOwnProperties(value))}`;
  } catch {
    return `\t${JSON.stringify(toErrorReport(wrapped))}`;
  }
}

function withOwnProperties(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return {
    errorType: value.name,
    errorMessage: value.message,
    ...('code' in value && { code: value.code }),
    ...value,
    ...(value.stack !== undefined && { stack: value.stack.split('\n') }),
  };
}

/** The runtime's native client cannot post an ASCII DEL. */
function withoutDelete(text: string): string {
  return text.replaceAll('\x7F', '%7F');
}
