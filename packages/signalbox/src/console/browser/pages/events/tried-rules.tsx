import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TriedRule } from '../../../server/event-rules.ts';
import { t } from '../../app/strings.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { WhyNotLine } from './why-not.tsx';

/** Rules with what each says of an event. */
export function TriedRules({ rules }: { readonly rules: readonly TriedRule[] }) {
  return (
    <section aria-label={t('Rules tried')}>
      <Box variant="h3">{`${t('Rules tried')} (${rules.length})`}</Box>
      <ul className="tried-rules">
        {rules.map((rule) => (
          <li key={rule.name}>
            <StatusIndicator type={rule.matches ? 'success' : 'stopped'}>
              {rule.name}
            </StatusIndicator>
            {!rule.isEnabled && <span className="quiet">{t('disabled')}</span>}
            {rule.why !== undefined && <WhyNotLine why={rule.why} />}
            <ExpandableSection headerText={t('Pattern and targets')}>
              <JsonView label={t('Pattern of {name}', { name: rule.name })} text={rule.pattern} />
              {rule.targets.map(({ id, arn }) => (
                <div key={id} className="quiet">
                  → {arn}
                </div>
              ))}
            </ExpandableSection>
          </li>
        ))}
      </ul>
    </section>
  );
}
