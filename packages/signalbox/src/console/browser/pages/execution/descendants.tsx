import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { Descendant } from '../../../server/descendants.ts';
import { ask } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';

/** The executions that were forked of this one, or ran it again. */
export function Descendants({ executionArn }: { readonly executionArn: string }) {
  const { value } = useAnswer(
    `descendants ${executionArn}`,
    () => ask<{ readonly found: readonly Descendant[] }>('descendants', { executionArn }),
    10_000,
  );
  if (value === undefined || value.found.length === 0) return null;
  const words = { fork: t('Forked to'), again: t('Run again as') };
  return (
    <div className="padded">
      <ul className="plain-list">
        {value.found.map(({ arn, name, kind }) => (
          <li key={arn}>
            <Box variant="awsui-key-label">{words[kind]}</Box>
            <Link href={hrefOf(`/executions/${arn}`)} onFollow={followLink}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
