import { randomInt, randomUUID } from 'node:crypto';
import type { Tag } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';

/** One version of a secret's value. */
export interface SecretVersion {
  readonly id: string;
  readonly secretString: string | undefined;
  readonly secretBinary: Uint8Array | undefined;
  readonly createdAt: Date;
  /** Such as `AWSCURRENT`. */
  readonly stages: readonly string[];
}

/** A secret with all its versions, newest last. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly createdAt: Date;
  readonly versions: readonly SecretVersion[];
  readonly lastChangedAt: Date;
  lastAccessedOn: Date | undefined;
  /** Where it is deleted: since when, and when it can no longer be restored. */
  readonly deletedAt?: Date | undefined;
  readonly goneAt?: Date | undefined;
}

/** The value of a new version. */
export interface SecretValue {
  readonly secretString: string | undefined;
  readonly secretBinary: Uint8Array | undefined;
}

/** The identity of a new version; a random one, and the current one, unless given. */
export interface VersionOptions {
  readonly id?: string | undefined;
  readonly stages?: readonly string[] | undefined;
}

/** All secrets of the account. */
export class SecretStore {
  readonly #secrets: Map<string, Secret>;
  readonly #clock: Clock;
  readonly #prefix: string;

  constructor(
    clock: Clock,
    {
      region,
      accountId,
      maps = unkeptMaps,
    }: { readonly region: string; readonly accountId: string; readonly maps?: KeptMaps },
  ) {
    this.#clock = clock;
    this.#prefix = `arn:aws:secretsmanager:${region}:${accountId}:secret:`;
    this.#secrets = maps.map('secretsmanager/secrets');
  }

  /** Makes a secret without a value, which is not in the store yet; AWS ends its ARN with six random characters. */
  create(
    name: string,
    description?: string,
    arn = `${this.#prefix}${name}-${randomSuffix()}`,
  ): Secret {
    const now = this.#clock.now();
    return {
      name,
      arn,
      description,
      createdAt: now,
      versions: [],
      lastChangedAt: now,
      lastAccessedOn: undefined,
    };
  }

  /** Takes a secret in, in place of the one of its name. */
  put(secret: Secret): void {
    this.#secrets.set(secret.name, secret);
  }

  /** Takes a secret in with one more value; where that is the current one, the one before becomes AWSPREVIOUS. */
  putValue(
    secret: Secret,
    value: SecretValue,
    { id = randomUUID(), stages = ['AWSCURRENT'] }: VersionOptions = {},
  ): SecretVersion {
    const now = this.#clock.now();
    const taken = stages.includes('AWSCURRENT') ? [...stages, 'AWSPREVIOUS'] : stages;
    const earlier = secret.versions.map((version) => {
      const wasCurrent = version.stages.includes('AWSCURRENT') && stages.includes('AWSCURRENT');
      const kept = version.stages.filter((stage) => !taken.includes(stage));
      return { ...version, stages: wasCurrent ? [...kept, 'AWSPREVIOUS'] : kept };
    });
    const version = { id, ...value, createdAt: now, stages };
    this.put({ ...secret, versions: [...earlier, version], lastChangedAt: now });
    return version;
  }

  /** Forgets a secret at once. */
  remove(name: string): void {
    this.#secrets.delete(name);
  }

  /**
   * Finds a secret by its name, its ARN, or its ARN without the six characters.
   * @throws {AwsError} `ResourceNotFoundException`; `InvalidRequestException` for one that is deleted.
   */
  find(secretId: string | undefined): Secret {
    const secret = this.findEvenDeleted(secretId);
    if (secret.deletedAt === undefined) return secret;
    throw new AwsError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  /** As `find`, but it finds what can still be restored too. @throws {AwsError} `ResourceNotFoundException`. */
  findEvenDeleted(secretId: string | undefined): Secret {
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

  /** The secret of a name, deleted or not. */
  named(name: string): Secret | undefined {
    return this.all().find((secret) => secret.name === name);
  }

  /** Every secret in the order of creation, with those that can still be restored. */
  all(): Secret[] {
    const nowMs = this.#clock.now().getTime();
    for (const { name, goneAt } of this.#secrets.values()) {
      if (goneAt !== undefined && goneAt.getTime() <= nowMs) this.#secrets.delete(name);
    }
    return [...this.#secrets.values()];
  }
}

function randomSuffix(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
}
