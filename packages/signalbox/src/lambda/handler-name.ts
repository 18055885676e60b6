/** The module part of a handler's name, such as `src/app` of `src/app.handler`. */
export function handlerModule(handler: string): string {
  const slash = handler.lastIndexOf('/') + 1;
  const dot = handler.indexOf('.', slash);
  return dot === -1 ? handler : handler.slice(0, dot);
}

/** The export part of a handler's name, such as `nested.handler` of `app.nested.handler`. */
export function handlerExport(handler: string): string {
  return handler.slice(handlerModule(handler).length + 1);
}
