import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the sources and hands /api to a running stack: MOCKUPAWS_URL=$(mockupaws status --json | …).
const stack = process.env['MOCKUPAWS_URL'] ?? 'http://localhost:8000';

/**
 * The letters of every page are fetched with its scripts: found only once the page is drawn, they would make it jump.
 */
function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /(sans|serif-4)-latin-wght-normal-[^/]*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
            injectTo: 'head' as const,
          })),
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFonts()],
  // docs/shippers.md holds the snippets that the dashboard shows.
  resolve: {
    alias: {
      '@docs': new URL('../docs', import.meta.url).pathname,
      '@': new URL('./src', import.meta.url).pathname,
    },
  },
  server: { proxy: { '/api': stack }, fs: { allow: ['..'] } },
  build: {
    // Fonts and pictures stay files: the page's security policy allows no data: addresses for them.
    assetsInlineLimit: 0,
    target: 'baseline-widely-available',
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    restoreMocks: true,
  },
});
