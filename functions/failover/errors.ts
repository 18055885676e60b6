/*
 * The names are literals because the workflow matches on them: Lambda reports `error.name`, and a
 * minified bundle keeps neither a class's name nor `constructor.name`.
 */

/** The event asks for no failover that can be understood. */
export class InvalidFailoverRequestError extends Error {
  override readonly name = 'InvalidFailoverRequestError';
  readonly isRefusal = true;
}

/** The plan has no scenario of the name that was asked for. */
export class UnknownScenarioError extends Error {
  override readonly name = 'UnknownScenarioError';
  readonly isRefusal = true;
}

/** The plan itself cannot be read. */
export class InvalidPlanError extends Error {
  override readonly name = 'InvalidPlanError';
}

/** Another failover holds the plan or one of its targets. */
export class FailoverLockedError extends Error {
  override readonly name = 'FailoverLockedError';
  readonly isRefusal = true;
}

/** Others took or freed the same locks at the same moment; trying again helps. */
export class LockContentionError extends Error {
  override readonly name = 'LockContentionError';
  readonly isRefusal = true;
}

/** The lock went to another run, so that nothing may be changed any more. */
export class LockLostError extends Error {
  override readonly name = 'LockLostError';
  readonly isRefusal = true;
}

/** A step's pre-conditions no longer hold, or AWS refused its call. */
export class StepRefusedError extends Error {
  override readonly name = 'StepRefusedError';
  readonly isRefusal = true;
}

/** S3 does not tell whether an object is there. */
export class ObjectUnreadableError extends Error {
  override readonly name = 'ObjectUnreadableError';
}

/** None of the routing control cluster's endpoints answered. */
export class RoutingControlsUnreachableError extends Error {
  override readonly name = 'RoutingControlsUnreachableError';
}

/** A function of one's own could not be asked, threw, or answered something else than a step's state. */
export class FunctionStepError extends Error {
  override readonly name = 'FunctionStepError';
}

/** Lambda refuses to read or to turn an event source mapping. */
export class EventSourceMappingError extends Error {
  override readonly name = 'EventSourceMappingError';
}
