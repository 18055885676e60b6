import { randomInt, randomUUID } from 'node:crypto';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';

/** One version of a secret's value. */
export interface SecretVersion {
  readonly id: string;
  readonly secretString: string | undefined;
  readonly secretBinary: Uint8Array | undefined;
  readonly createdAt: Date;
  /** Such as `AWSCURRENT`. */
  stages: readonly string[];
}

/** A secret with all its versions, newest last. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdAt: Date;
  readonly versions: SecretVersion[];
  lastChangedAt: Date;
  lastAccessedOn: Date | undefined;
}

/** The value of a new version. */
export interface SecretValue {
  readonly secretString: string | undefined;
  readonly secretBinary: Uint8Array | undefined;
}

/** All secrets of the account. */
export class SecretStore {
  readonly #secrets = new Map<string, Secret>();
  readonly #clock: Clock;
  readonly #prefix: string;

  constructor(
    clock: Clock,
    { region, accountId }: { readonly region: string; readonly accountId: string },
  ) {
    this.#clock = clock;
    this.#prefix = `arn:aws:secretsmanager:${region}:${accountId}:secret:`;
  }

  /** Adds a secret without a value; AWS ends its ARN with six random characters. */
  add(
    name: string,
    description?: string,
    arn = `${this.#prefix}${name}-${randomSuffix()}`,
  ): Secret {
    const now = this.#clock.now();
    const secret: Secret = {
      name,
      arn,
      description,
      createdAt: now,
      versions: [],
      lastChangedAt: now,
      lastAccessedOn: undefined,
    };
    this.#secrets.set(name, secret);
    return secret;
  }

  /** Makes a value the current one; the one before becomes AWSPREVIOUS. */
  putValue(
    secret: Secret,
    value: SecretValue,
    {
      id = randomUUID(),
      stages = ['AWSCURRENT'],
    }: {
      readonly id?: string | undefined;
      readonly stages?: readonly string[] | undefined;
    } = {},
  ): SecretVersion {
    const now = this.#clock.now();
    const taken = stages.includes('AWSCURRENT') ? [...stages, 'AWSPREVIOUS'] : stages;
    for (const version of secret.versions) {
      const wasCurrent = version.stages.includes('AWSCURRENT') && stages.includes('AWSCURRENT');
      const kept = version.stages.filter((stage) => !taken.includes(stage));
      version.stages = wasCurrent ? [...kept, 'AWSPREVIOUS'] : kept;
    }
    const version = { id, ...value, createdAt: now, stages };
    secret.versions.push(version);
    secret.lastChangedAt = now;
    return version;
  }

  /**
   * Finds a secret by its name, its ARN, or its ARN without the six characters.
   * @throws {AwsError} `ResourceNotFoundException`.
   */
  find(secretId: string | undefined): Secret {
    if (secretId === undefined) {
      throw new AwsError(
        'InvalidParameterException',
        'You must provide a value for the SecretId parameter.',
      );
    }
    const found = this.all().find(
      ({ name, arn }) => secretId === name || secretId === arn || secretId === arn.slice(0, -7),
    );
    if (found !== undefined) return found;
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }

  has(name: string): boolean {
    return this.#secrets.has(name);
  }

  /** Every secret in the order of creation. */
  all(): Secret[] {
    return [...this.#secrets.values()];
  }
}

function randomSuffix(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
}
