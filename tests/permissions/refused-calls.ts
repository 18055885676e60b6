import type { CallRecord } from '../../packages/signalbox/src/endpoint/registry.ts';
import type { App } from '../../packages/signalbox/src/template/app.ts';
import { isAllowed, neededPermissions } from './needed-permissions.ts';

/** What the roles of the template make of calls: which of them called, and what AWS would refuse. */
export interface JudgedCalls {
  readonly roles: ReadonlySet<string>;
  /** One line each: the role, the action and the resource that its statements lack. */
  readonly refused: readonly string[];
}

/** Holds the calls that functions, workflows and rules made against the statements of their roles. */
export function judgeCalls(calls: readonly CallRecord[], app: App): JudgedCalls {
  const made = calls.flatMap((call) => {
    const role = app.roles.find(({ arn }) => arn === call.caller.arn);
    return role === undefined ? [] : [{ call, role }];
  });
  const refused = made.flatMap(({ call, role }) =>
    neededPermissions(call, app)
      .filter((permission) => !isAllowed(permission, role.statements))
      .map(({ action, resource }) => `${role.logicalId} needs ${action} on ${resource}`),
  );
  return {
    roles: new Set(made.map(({ role }) => role.logicalId)),
    refused: [...new Set(refused)].sort(),
  };
}
