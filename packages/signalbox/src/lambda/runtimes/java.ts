import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type CommandFinding, type CommandRequest, notBuilt } from './command.ts';
import { findProgram } from './find-program.ts';

const CLIENT = /^aws-lambda-java-runtime-interface-client.*\.jar$/;
const MAIN_CLASS = 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda';

/** AWS: the heap's part of the function's memory. */
const HEAP_SHARE = 0.85;

/**
 * Finds out how to run a Java function from its built code: with the `java` of the PATH and AWS's own runtime
 * interface client, which AWS's runtime brings and here the function's build has to.
 */
export function javaCommand({ resource, code }: CommandRequest): CommandFinding {
  const java = findProgram('java');
  if (java === undefined)
    return { kind: 'missing', what: 'Java is not installed: put java on the PATH' };
  const libraries = [
    join(code.directory, 'lib'),
    ...code.layers.map((one) => join(one, 'java', 'lib')),
  ];
  const jars = libraries.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  if (!jars.some((name) => CLIENT.test(name))) {
    return notBuilt(
      resource,
      `${resource.logicalId} has no AWS Lambda runtime interface client in lib/: add the dependency com.amazonaws:aws-lambda-java-runtime-interface-client to its build, and build it`,
    );
  }
  const classPath = [code.directory, ...libraries.map((folder) => join(folder, '*'))].join(
    delimiter,
  );
  const heapMb = Math.floor(resource.memoryMb * HEAP_SHARE);
  const options = [`-Xmx${heapMb}m`, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  return {
    kind: 'command',
    command: {
      file: java,
      args: [...options, '-cp', classPath, MAIN_CLASS, resource.handler],
      environment: {},
    },
  };
}
