import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createRegister } from '../register.ts';

/** Changes parameters and a secret. */
export function parameterLoad({ stage, random, run }: LoadOptions): Load {
  const SecretId = `${run}/secret`;
  const parameters = createRegister('parameter');
  const secrets = createRegister('secret');

  async function putParameter(Name: string, Value: string): Promise<void> {
    const change = { Name, Value, Type: 'String', Overwrite: true } as const;
    const response = await stage.attempt((clients) =>
      clients.parameters.send(new PutParameterCommand(change)),
    );
    parameters.note(Name, Value, response !== undefined);
  }

  async function putSecret(SecretString: string): Promise<void> {
    const response = await stage.attempt((clients) =>
      clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString })),
    );
    secrets.note(SecretId, SecretString, response !== undefined);
  }

  function getParameter(Name: string): Promise<string | undefined> {
    return stage.insist(async (clients) => {
      try {
        const { Parameter } = await clients.parameters.send(new GetParameterCommand({ Name }));
        return Parameter?.Value;
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    });
  }

  return {
    name: 'parameters',
    async prepare() {
      const secret = { Name: SecretId, SecretString: 'first' };
      await stage.insist((clients) => clients.secrets.send(new CreateSecretCommand(secret)));
      secrets.note(SecretId, 'first', true);
    },
    steps: numbers(random.integer(3, 10)).map((index) => {
      const name = `/${run}/parameter-${random.integer(1, 3)}`;
      if (random.chance(0.3)) return () => putSecret(`secret-${index}`);
      return () => putParameter(name, `value-${index}`);
    }),
    async wrongs() {
      const { SecretString } = await stage.insist((clients) =>
        clients.secrets.send(new GetSecretValueCommand({ SecretId })),
      );
      const found = await Promise.all(
        parameters.keys().map(async (name) => parameters.wrongs(name, await getParameter(name))),
      );
      return [...found.flat(), ...secrets.wrongs(SecretId, SecretString)];
    },
  };
}
