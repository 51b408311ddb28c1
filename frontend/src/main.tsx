import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { loadCatalogue } from '@/i18n/provider';
import { followTheme, locale } from '@/lib/preferences';

followTheme();
const spoken = locale.read();
const messages = await loadCatalogue(spoken);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App initial={{ locale: spoken, messages }} />
  </StrictMode>,
);
