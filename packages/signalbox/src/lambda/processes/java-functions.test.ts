import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { LambdaHost } from '../host.ts';
import { findProgram } from '../runtimes/find-program.ts';
import { TestProject } from '../test-project.ts';

/** Where Maven keeps what it has downloaded; nothing is downloaded for this test. */
const KEPT = join(homedir(), '.m2/repository/com/amazonaws');
const LIBRARIES = [
  'aws-lambda-java-core',
  'aws-lambda-java-runtime-interface-client',
  'aws-lambda-java-serialization',
];

/** The newest jar of each library, as far as they are here. */
function jars(): readonly string[] {
  return LIBRARIES.flatMap((library) => {
    const folder = join(KEPT, library);
    const versions = existsSync(folder) ? readdirSync(folder).sort() : [];
    const paths = versions.map((one) => join(folder, one, `${library}-${one}.jar`));
    return paths.filter((path) => existsSync(path)).slice(-1);
  });
}

/** Why there is no Java to test with; undefined where there is. */
function lacking(): string | undefined {
  if (findProgram('java') === undefined) return 'there is no java on the PATH';
  if (findProgram('javac') === undefined) return 'there is no javac on the PATH';
  if (jars().length < LIBRARIES.length) return `${KEPT} has not all of ${LIBRARIES.join(', ')}`;
  return undefined;
}

const SOURCE = `package example;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
public class Hello implements RequestHandler<Map<String, Object>, Object> {
  public Object handleRequest(Map<String, Object> event, Context context) {
    System.out.println("greets " + event.get("name"));
    if (event.containsKey("fail")) throw new IllegalStateException("as told");
    return Map.of("greeting", "Hello, " + event.get("name"), "name", context.getFunctionName(),
        "memory", context.getMemoryLimitInMB(), "region", System.getenv("AWS_REGION"));
  }
}
`;

let project: TestProject;
let host: LambdaHost;

beforeEach(() => {
  project = new TestProject();
  host = project.createHost();
});
afterEach(async () => {
  await host.close();
  project.remove();
});

/** Builds a function as a build does: classes at the top, libraries in lib/. */
function addJava(): void {
  const home = join(project.root, 'functions/Hello');
  const options = { runtime: 'java17', handler: 'example.Hello::handleRequest', memoryMb: 512 };
  project.addPlain('Hello', 'src/Hello.java', SOURCE, { ...options, isBuilt: true });
  mkdirSync(join(home, 'lib'), { recursive: true });
  for (const jar of jars()) cpSync(jar, join(home, 'lib', basename(jar)));
  const source = join(home, 'src/Hello.java');
  execFileSync('javac', ['-cp', join(home, 'lib', '*'), '-d', home, source]);
}

async function invoke(event: object) {
  const response = await host.invoke('Hello', new TextEncoder().encode(JSON.stringify(event)));
  return { ...response, payload: JSON.parse(new TextDecoder().decode(response.payload)) };
}

const reason = lacking();
const title = "a Java function runs by AWS's runtime interface client";

if (reason === undefined) {
  test(title, async () => {
    addJava();

    expect((await invoke({ name: 'Ada' })).payload).toEqual({
      greeting: 'Hello, Ada',
      name: 'Hello',
      memory: 512,
      region: 'eu-west-1',
    });
    const failed = await invoke({ name: 'Bob', fail: true });
    expect(failed.functionError).toBe('Unhandled');
    expect(failed.payload).toMatchObject({
      errorMessage: 'as told',
      errorType: 'java.lang.IllegalStateException',
    });
    expect(project.messages().join('\n')).toContain('greets Ada');
  }, 30_000);
} else test.skip(`${title} (skipped: ${reason})`, () => undefined);
