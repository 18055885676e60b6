import type { DescribeStateMachineAliasOutput } from '@aws-sdk/client-sfn';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { inBatches } from '../../../../core/in-batches.ts';
import { callAws } from '../../api/call.ts';
import { aliasesOf, versionsOf } from '../../api/machines.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { nameOfArn, shortTimeText } from '../../parts/format.ts';

/** A version that was published, and the aliases that lead to it. */
interface Version {
  readonly arn: string;
  readonly createdMs: number;
  readonly aliases: readonly string[];
}

const AT_ONCE = 5;

/** The published versions of a workflow, with their aliases, each to be compared with what it is now. */
export function Versions({ machineArn }: { readonly machineArn: string }) {
  const answer = useAnswer(`versions ${machineArn}`, () => readVersions(machineArn), 15_000);
  return <Answered answer={answer}>{(versions) => table(machineArn, versions)}</Answered>;
}

function table(machineArn: string, versions: readonly Version[]) {
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${versions.length})`}>
          {t('Versions and aliases')}
        </Header>
      }
      items={versions}
      trackBy="arn"
      ariaLabels={{ tableLabel: t('Versions and aliases') }}
      empty={<Box textAlign="center">{t('No version is published')}</Box>}
      columnDefinitions={[
        {
          id: 'version',
          header: t('Version'),
          isRowHeader: true,
          cell: ({ arn }) => nameOfArn(arn),
        },
        {
          id: 'created',
          header: `${t('Published')} (UTC)`,
          cell: ({ createdMs }) => shortTimeText(createdMs),
        },
        {
          id: 'aliases',
          header: t('Aliases'),
          cell: ({ aliases }) => (aliases.length === 0 ? '–' : aliases.join(', ')),
        },
        {
          id: 'compare',
          header: t('Definition'),
          cell: ({ arn }) => (
            <Link
              href={hrefOf('/definitions', { a: arn, b: machineArn })}
              onFollow={followLink}
              ariaLabel={t('Compare version {version} with today', { version: nameOfArn(arn) })}
            >
              {t('Compare with today')}
            </Link>
          ),
        },
      ]}
    />
  );
}

async function readVersions(machineArn: string): Promise<readonly Version[]> {
  const [versions, aliases] = await Promise.all([versionsOf(machineArn), aliasesOf(machineArn)]);
  const described = await inBatches(aliases, AT_ONCE, ({ stateMachineAliasArn }) =>
    callAws<Partial<DescribeStateMachineAliasOutput>>('states', 'DescribeStateMachineAlias', {
      stateMachineAliasArn,
    }),
  );
  return versions.map(({ stateMachineVersionArn: arn = '', creationDate }) => ({
    arn,
    createdMs: new Date(creationDate ?? 0).getTime(),
    aliases: described.flatMap(({ name = '', routingConfiguration = [] }) =>
      routingConfiguration
        .filter(({ stateMachineVersionArn }) => stateMachineVersionArn === arn)
        .map(({ weight }) => (weight === 100 ? name : `${name} (${weight} %)`)),
    ),
  }));
}
