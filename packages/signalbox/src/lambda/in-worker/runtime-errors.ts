/** The handler's module exports nothing callable of that name. */
export class HandlerNotFound extends Error {
  override readonly name = 'Runtime.HandlerNotFound';
}

/** The handler's name is not `file.export`. */
export class MalformedHandlerName extends Error {
  override readonly name = 'Runtime.MalformedHandlerName';
}

/** A module that the function needs is not there. */
export class ImportModuleError extends Error {
  override readonly name = 'Runtime.ImportModuleError';

  constructor(original: Error) {
    super(String(original));
  }
}

/** The function's code does not parse. */
export class UserCodeSyntaxError extends Error {
  override readonly name = 'Runtime.UserCodeSyntaxError';

  constructor(original: Error) {
    super(String(original));
    if (original.stack !== undefined) this.stack = original.stack;
  }
}

/** The handler takes a callback, which the runtimes of Node.js 24 and later refuse. */
export class CallbackHandlerDeprecated extends Error {
  override readonly name = 'Runtime.CallbackHandlerDeprecated';
}

/** The handler's result has no JSON form. */
export class JsonStringifyError extends Error {
  override readonly name = 'Runtime.JSONStringifyError';

  constructor() {
    super('Unable to stringify response body');
  }
}

/** The event loop ran empty before the handler's promise was settled. */
export class NodeJsExit extends Error {
  override readonly name = 'Runtime.NodeJsExit';

  constructor() {
    super(
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
    );
  }
}

/** A promise was rejected that nobody awaits. */
export class UnhandledPromiseRejection extends Error {
  override readonly name = 'Runtime.UnhandledPromiseRejection';
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(String(reason));
    this.reason = reason;
  }
}
