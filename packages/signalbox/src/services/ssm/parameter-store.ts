import type {
  Parameter,
  ParameterMetadata,
  ParameterTier,
  ParameterType,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';

/** One version of a parameter. */
export interface ParameterVersion {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly description: string | undefined;
  readonly dataType: string;
  readonly changedAt: Date;
  readonly allowedPattern?: string | undefined;
  readonly tier?: ParameterTier | undefined;
}

/** All parameters of the account, by name; each with its versions, oldest first. */
export class ParameterStore {
  readonly #parameters: Map<string, readonly ParameterVersion[]>;
  readonly #tags: Map<string, Readonly<Record<string, string>>>;
  readonly #prefix: string;

  constructor({
    region,
    accountId,
    maps = unkeptMaps,
  }: {
    readonly region: string;
    readonly accountId: string;
    readonly maps?: KeptMaps;
  }) {
    this.#parameters = maps.map('ssm/parameters');
    this.#tags = maps.map('ssm/tags');
    this.#prefix = `arn:aws:ssm:${region}:${accountId}:parameter`;
  }

  /** Adds a version; returns its number. */
  put(parameter: Omit<ParameterVersion, 'version'>): number {
    const versions = this.#parameters.get(parameter.name) ?? [];
    const version = versions.length + 1;
    this.#parameters.set(parameter.name, [...versions, { ...parameter, version }]);
    return version;
  }

  /** Deletes a parameter with its versions and tags; returns whether there was one. */
  delete(name: string): boolean {
    this.#tags.delete(name);
    return this.#parameters.delete(name);
  }

  /** All versions of a parameter, oldest first. */
  versionsOf(nameOrArn: string): readonly ParameterVersion[] {
    return this.#parameters.get(this.#nameOf(nameOrArn)) ?? [];
  }

  tagsOf(name: string): Readonly<Record<string, string>> {
    return this.#tags.get(name) ?? {};
  }

  setTags(name: string, tags: Readonly<Record<string, string>>): void {
    this.#tags.set(name, tags);
  }

  /** Finds the latest version, or the one named by `name:version`; an ARN names a parameter too. */
  find(nameOrArn: string): ParameterVersion | undefined {
    const [name = '', selector] = this.#nameOf(nameOrArn).split(':');
    const versions = this.#parameters.get(name);
    if (selector === undefined) return versions?.at(-1);
    return versions?.find(({ version }) => String(version) === selector);
  }

  #nameOf(nameOrArn: string): string {
    if (!nameOrArn.startsWith(this.#prefix)) return nameOrArn;
    const path = nameOrArn.slice(this.#prefix.length);
    // An ARN has a slash before every name, also before one that has none of its own.
    return this.#parameters.has(path) ? path : path.slice(1);
  }

  /** The latest version of every parameter, by name. */
  latest(): ParameterVersion[] {
    return [...this.#parameters.values()]
      .flatMap((versions) => versions.slice(-1))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Writes a parameter with its value; a SecureString stays sealed unless `isOpen`. */
  toParameter(parameter: ParameterVersion, isOpen: boolean): Parameter {
    const { type, value } = parameter;
    const sealed = Buffer.from(`kms:alias/aws/ssm:${value}`).toString('base64');
    return {
      ...this.#metadata(parameter),
      Value: type === 'SecureString' && !isOpen ? sealed : value,
      ARN: this.arn(parameter.name),
    };
  }

  /** Writes everything about a parameter but its value. */
  toMetadata(parameter: ParameterVersion): ParameterMetadata {
    const { description, allowedPattern, tier = 'Standard' } = parameter;
    return {
      ...this.#metadata(parameter),
      ARN: this.arn(parameter.name),
      Tier: tier,
      Policies: [],
      ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
      ...(description !== undefined && { Description: description }),
    };
  }

  #metadata({ name, type, version, changedAt, dataType }: ParameterVersion) {
    return {
      Name: name,
      Type: type,
      Version: version,
      LastModifiedDate: changedAt,
      DataType: dataType,
    };
  }

  arn(name: string): string {
    return `${this.#prefix}${name.startsWith('/') ? '' : '/'}${name}`;
  }
}

/** Refuses what SSM's validation refuses. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
