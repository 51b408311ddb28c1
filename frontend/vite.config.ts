import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the sources and hands /api to a running stack: MOCKUPAWS_URL=$(mockupaws status --json | …).
const stack = process.env['MOCKUPAWS_URL'] ?? 'http://localhost:8000';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: { proxy: { '/api': stack } },
  build: {
    // The manifest is what the test of the first load's size reads.
    manifest: true,
    // Fonts and pictures stay files: the page's security policy allows no data: addresses for them.
    assetsInlineLimit: 0,
    target: 'baseline-widely-available',
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    restoreMocks: true,
  },
});
