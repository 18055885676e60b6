import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AddCommand } from '../add-command.ts';
import { readJsonArgument } from '../read-json-argument.ts';
import { physicalId } from '../stack.ts';

/** `invoke`: calls one function, as `sam local invoke` does. */
export const addInvoke: AddCommand = (program, sessionOf) => {
  program
    .command('invoke <function>')
    .description(
      'call a function with an event: its result on stdout, its log on stderr; exits with 1 when it fails',
    )
    .option('-e, --event <file>', 'JSON of the event: a file, - for stdin, or itself', '')
    .action(async (name: string, options: { event: string }, command) => {
      const session = sessionOf(command);
      const event = options.event === '' ? {} : readJsonArgument(options.event);
      const client = new LambdaClient(session.client);
      const result = await client.send(
        new InvokeCommand({
          FunctionName: await physicalId(session, 'AWS::Lambda::Function', name),
          LogType: 'Tail',
          Payload: Buffer.from(JSON.stringify(event)),
        }),
      );
      const log = Buffer.from(result.LogResult ?? '', 'base64')
        .toString('utf8')
        .trimEnd();
      if (log !== '') session.output.say(log);
      const payload: unknown = JSON.parse(
        Buffer.from(result.Payload ?? []).toString('utf8') || 'null',
      );
      const { FunctionError: functionError } = result;
      session.output.result({ payload, functionError }, () => [JSON.stringify(payload, null, 2)]);
      session.exitCode = functionError === undefined ? 0 : 1;
    });
};
