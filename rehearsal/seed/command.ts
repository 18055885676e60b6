import { createHash } from 'node:crypto';
import { type AddCommand, readJsonFile, type Session, UserError } from 'signalbox';
import * as v from 'valibot';
import { type ApiRequest, callApi } from '../api/call-api.ts';

const Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Is not an id'));

/** A file of first stock and users. */
const SeedFile = v.strictObject({
  inventory: v.optional(
    v.array(
      v.strictObject({
        sku: Id,
        change: v.pipe(v.number(), v.integer()),
        reason: v.optional(v.string(), 'First stock'),
        /** By default made of the entry itself: the same entry counts once, however often it is put. */
        adjustmentId: v.optional(Id),
      }),
    ),
    [],
  ),
  users: v.optional(
    v.array(v.strictObject({ userId: Id, name: v.string(), email: v.optional(v.string()) })),
    [],
  ),
});

/** `seed FILE`: brings first stock and users to a deployment, through its API. */
export const addSeed: AddCommand = (program, sessionOf) => {
  program
    .command('seed <file>')
    .description(
      'put stock and users from a JSON file, through the API; a second time changes nothing',
    )
    .action(async (file: string, _, command) => {
      const session = sessionOf(command);
      const requests = requestsOf(file);
      for (const request of requests) await put(session, request);
      session.output.result({ put: requests.length }, () => [
        `Put ${requests.length} entries of ${file}`,
      ]);
    });
};

function requestsOf(file: string): readonly ApiRequest[] {
  const parsed = v.safeParse(SeedFile, readJsonFile(file));
  if (!parsed.success) {
    const problems = parsed.issues.map(
      (issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`,
    );
    throw new UserError('invalid', `${file}: ${problems.join('; ')}`);
  }
  const { inventory, users } = parsed.output;
  return [
    ...inventory.map(
      ({ sku, adjustmentId = idOf(sku, file), ...body }): ApiRequest => ({
        api: 'OrdersApi',
        method: 'PUT',
        path: `/inventory/${sku}`,
        body: { adjustmentId, ...body },
      }),
    ),
    ...users.map(
      ({ userId, ...body }): ApiRequest => ({
        api: 'OrdersApi',
        method: 'PUT',
        path: `/users/${userId}`,
        body,
      }),
    ),
  ];
}

/** One file's entry of an item counts once, wherever the file lies. */
function idOf(sku: string, file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return `seed-${createHash('sha256').update(`${name} ${sku}`).digest('hex').slice(0, 16)}`;
}

async function put(session: Session, request: ApiRequest): Promise<void> {
  const { status, body } = await callApi(session, request);
  if (status === 200) return;
  throw new UserError('invalid', `PUT ${request.path} got ${status}: ${JSON.stringify(body)}`);
}
