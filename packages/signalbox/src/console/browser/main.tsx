import '@cloudscape-design/global-styles/index.css';
import { createRoot } from 'react-dom/client';
import './app/cloudscape-styles.ts';
import { SurroundingsProvider } from './app/place-context.tsx';
import { Shell } from './app/shell.tsx';
import { startTheme } from './app/theme.ts';
import './styles/base.css';
import './styles/json.css';
import './styles/rows.css';
import './styles/graph.css';
import './styles/detail.css';
import './styles/map.css';

startTheme();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <SurroundingsProvider>
      <Shell />
    </SurroundingsProvider>,
  );
}
