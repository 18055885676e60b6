import '@cloudscape-design/global-styles/index.css';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import { createRoot } from 'react-dom/client';
import { PREFIX } from './api/call.ts';
import './app/cloudscape-styles.ts';
import { askPlaceAhead, SurroundingsProvider } from './app/place-context.tsx';
import { loadPageOf } from './app/routes.ts';
import { Shell } from './app/shell.tsx';
import { LANGUAGE, type Language } from './app/strings.ts';
import { startTheme } from './app/theme.ts';
import './styles/base.css';
import './styles/json.css';
import './styles/rows.css';
import './styles/graph.css';
import './styles/detail.css';
import './styles/map.css';
import './styles/sections.css';

/** Asks for all that the page of this URL needs at once, and draws it. */
async function start(root: HTMLElement): Promise<void> {
  startTheme();
  document.documentElement.lang = LANGUAGE;
  askPlaceAhead();
  loadPageOf(window.location.pathname.slice(PREFIX.length));
  const messages = await messagesIn(LANGUAGE);
  createRoot(root).render(
    <I18nProvider locale={LANGUAGE} messages={[messages.default]}>
      <SurroundingsProvider>
        <Shell />
      </SurroundingsProvider>
    </I18nProvider>,
  );
}

/** Only the words of the language that is shown. */
function messagesIn(language: Language) {
  return language === 'ko'
    ? import('@cloudscape-design/components/i18n/messages/all.ko')
    : import('@cloudscape-design/components/i18n/messages/all.en');
}

const root = document.getElementById('root');
if (root !== null) void start(root);
