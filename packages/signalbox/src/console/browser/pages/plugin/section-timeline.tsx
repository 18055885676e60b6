import { durationText } from '../../../../core/duration-text.ts';
import type { TimelineSection } from '../../../server/page-content.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { timeText } from '../../parts/format.ts';

/** Bars and marks on one axis; limits are lines across. */
export function SectionTimeline({ section }: { readonly section: TimelineSection }) {
  const { bars, marks, limits } = section;
  const { now } = useSurroundings();
  const starts = [...bars.map(({ fromMs }) => fromMs), ...marks.map(({ atMs }) => atMs)];
  const startMs = Math.min(...starts);
  const ends = bars.map(({ fromMs, toMs }) => toMs ?? Math.max(fromMs, Date.parse(now)));
  const endMs = Math.max(
    ...ends,
    ...marks.map(({ atMs }) => atMs),
    ...limits.map(({ atMs }) => atMs),
  );
  if (starts.length === 0) return <>{t('Nothing has happened yet')}</>;
  const lengthMs = Math.max(1, endMs - startMs);
  const length = (ms: number) => `${((ms / lengthMs) * 100).toFixed(2)}%`;
  const share = (atMs: number) => length(atMs - startMs);
  return (
    <ol className="span-rows">
      {bars.map(({ label, fromMs, toMs, state, detail }) => (
        <li key={`${label} ${fromMs}`}>
          <span className="span-label">{label}</span>
          <span className="span-track">
            {limits.map((limit) => (
              <i key={limit.label} className="span-limit" style={{ left: share(limit.atMs) }} />
            ))}
            <i
              className={`span-bar ${state}`}
              style={{ left: share(fromMs), width: length((toMs ?? endMs) - fromMs) }}
            />
          </span>
          <span className="span-text">
            {`+${durationText(fromMs - startMs)} · ${toMs === undefined ? t('Running') : durationText(toMs - fromMs)}`}
            {detail !== undefined && <span className="quiet">{` · ${detail}`}</span>}
          </span>
        </li>
      ))}
      {[...marks, ...limits.map((limit) => ({ ...limit, isLimit: true }))].map((mark) => (
        <li key={`${mark.label} ${mark.atMs}`}>
          <span className="span-label">{mark.label}</span>
          <span className="span-track">
            <i
              className={'isLimit' in mark ? 'span-limit' : 'span-mark'}
              style={{ left: share(mark.atMs) }}
            />
          </span>
          <span className="span-text">
            {`+${durationText(mark.atMs - startMs)} · ${timeText(mark.atMs).slice(0, 19)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
