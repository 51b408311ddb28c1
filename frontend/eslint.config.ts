import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// Imports point one way: app → features → shared (components, i18n, lib), and no feature imports another.
const beyondTheFeature = {
  group: ['../../*', '@/features/*'],
  message: 'A feature imports its own files (./ and ../) and what is shared; app composes features.',
};
const app = { group: ['@/app/*', '**/app/*'], message: 'Only main.tsx imports app.' };
const features = { group: ['@/features/*', '**/features/*'], message: 'What is shared knows no feature.' };
const components = {
  group: ['@/components/*', '**/components/*'],
  message: 'lib and i18n know no component: logic stays testable without a page.',
};

export default defineConfig(
  { ignores: ['dist', 'public', 'src/lib/api/schema.ts'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      // What scrolls must be reachable without a mouse.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['group'], tags: [] }],
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Money is a decimal string: lib/decimal computes with it.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from where it is written.' },
        {
          selector: 'ExportNamedDeclaration[source]',
          message: 'No barrel files: import from where it is written.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/index.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message: 'No barrel files.' }] },
  },
  {
    files: ['src/features/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [app, beyondTheFeature] }] },
  },
  {
    files: ['src/components/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [app, features] }] },
  },
  {
    files: ['src/lib/**', 'src/i18n/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [app, features, components] }] },
  },
);
