/** An expression that DynamoDB refuses as soon as it reads the place: the message is its sentence. */
export class ExpressionRefusal extends Error {
  override readonly name = 'ExpressionRefusal';
}
