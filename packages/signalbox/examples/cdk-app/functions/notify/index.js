// Writes the message; a callback is what the runtimes up to Node.js 22 still take.
exports.handler = (event, _context, callback) => {
  callback(null, { message: `Your ticket costs ${event.quote.price}` });
};
