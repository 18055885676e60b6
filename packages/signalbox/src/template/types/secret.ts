import { arnOf, stableDigits } from '../stack.ts';
import { generateSecret } from './generate-secret.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Reading, ResourceType } from './resource-type.ts';

export const secret: ResourceType = {
  type: 'AWS::SecretsManager::Secret',
  nameProperty: 'Name',
  supported: ['GenerateSecretString', 'Name', 'SecretString'],
  inert: ['Description', 'KmsKeyId', 'ReplicaRegions', 'Tags'],
  identify: ({ name, stack, logicalId }) => {
    const arn = arnOf(
      stack,
      'secretsmanager',
      `secret:${name}-${stableDigits(stack, 6, logicalId)}`,
    );
    return { physicalId: arn, ref: arn, attributes: { Id: arn } };
  },
  read: (reading) => ({
    secrets: [
      {
        logicalId: reading.resource.logicalId,
        path: reading.path,
        name: reading.name,
        arn: reading.identity.ref,
        secretString: secretStringOf(reading),
      },
    ],
  }),
};

function secretStringOf({ properties, stack, resource }: Reading): string {
  if (properties.has('SecretString') && properties.has('GenerateSecretString')) {
    properties.refuse('SecretString', 'give SecretString or GenerateSecretString, not both');
  }
  if (!properties.has('GenerateSecretString')) return properties.text('SecretString') ?? '';
  const wanted = properties.map('GenerateSecretString');
  const password = generateSecret(
    {
      length: wanted.number('PasswordLength') ?? 32,
      excluded: wanted.text('ExcludeCharacters') ?? '',
      lowercase: wanted.flag('ExcludeLowercase') !== true,
      uppercase: wanted.flag('ExcludeUppercase') !== true,
      numbers: wanted.flag('ExcludeNumbers') !== true,
      punctuation: wanted.flag('ExcludePunctuation') !== true,
      space: wanted.flag('IncludeSpace') === true,
      eachType: wanted.flag('RequireEachIncludedType') !== false,
    },
    (round) => stableDigits(stack, 64, resource.logicalId, 'secret', String(round)),
  );
  if (password === undefined) {
    wanted.refuse(
      'PasswordLength',
      'no password can be made of these: exclude less, or make it longer',
    );
    return '';
  }
  return intoTemplate(password, wanted);
}

/** AWS: with a SecretStringTemplate the password goes into its JSON under GenerateStringKey. */
function intoTemplate(password: string, wanted: PropertyReader): string {
  const template = wanted.text('SecretStringTemplate');
  const key = wanted.text('GenerateStringKey');
  if (template === undefined && key === undefined) return password;
  if (template === undefined || key === undefined) {
    const message = 'SecretStringTemplate and GenerateStringKey go together';
    wanted.refuse(template === undefined ? 'GenerateStringKey' : 'SecretStringTemplate', message);
    return password;
  }
  const object = wanted.jsonObject('SecretStringTemplate');
  return object === undefined ? password : JSON.stringify({ ...object, [key]: password });
}
