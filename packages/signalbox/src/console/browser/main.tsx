import '@cloudscape-design/global-styles/index.css';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import { createRoot } from 'react-dom/client';
import './app/cloudscape-styles.ts';
import { SurroundingsProvider } from './app/place-context.tsx';
import { Shell } from './app/shell.tsx';
import { LANGUAGE } from './app/strings.ts';
import { startTheme } from './app/theme.ts';
import './styles/base.css';
import './styles/json.css';
import './styles/rows.css';
import './styles/graph.css';
import './styles/detail.css';
import './styles/map.css';
import './styles/sections.css';

// Only the words of the language that is shown.
const messages =
  LANGUAGE === 'ko'
    ? await import('@cloudscape-design/components/i18n/messages/all.ko')
    : await import('@cloudscape-design/components/i18n/messages/all.en');

startTheme();
document.documentElement.lang = LANGUAGE;
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <I18nProvider locale={LANGUAGE} messages={[messages.default]}>
      <SurroundingsProvider>
        <Shell />
      </SurroundingsProvider>
    </I18nProvider>,
  );
}
