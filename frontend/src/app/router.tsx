import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { CrashPage } from './pages/crash';
import { NotFoundPage } from './pages/not-found';
import { Shell } from './shell/shell';

/** A page whose code is fetched when it is gone to; until it is there, the page before stays. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return async () => ({ Component: (await load())[name] });
}

const auth = {
  signIn: page(() => import('@/features/auth/pages/sign-in'), 'SignInPage'),
  register: page(() => import('@/features/auth/pages/register'), 'RegisterPage'),
  forgotten: page(() => import('@/features/auth/pages/forgotten-password'), 'ForgottenPasswordPage'),
  reset: page(() => import('@/features/auth/pages/reset-password'), 'ResetPasswordPage'),
};

const reports = {
  all: page(() => import('@/features/reports/pages/reports'), 'ReportsPage'),
  schedules: page(() => import('@/features/reports/pages/schedules'), 'SchedulesPage'),
  newSchedule: page(() => import('@/features/reports/pages/new-schedule'), 'NewSchedulePage'),
  editSchedule: page(() => import('@/features/reports/pages/edit-schedule'), 'EditSchedulePage'),
};

export const router = createBrowserRouter([
  {
    ErrorBoundary: CrashPage,
    HydrateFallback: () => null,
    children: [
      { path: '/sign-in', lazy: auth.signIn },
      { path: '/register', lazy: auth.register },
      { path: '/forgotten-password', lazy: auth.forgotten },
      { path: '/reset-password', lazy: auth.reset },
      {
        Component: Shell,
        children: [
          {
            // Inside the shell, so that a page that breaks leaves the way to the others.
            ErrorBoundary: CrashPage,
            children: [
              { index: true, lazy: page(() => import('./pages/scenarios'), 'ScenariosPage') },
              {
                path: '/scenarios/new',
                lazy: page(() => import('@/features/scenarios/pages/new-scenario'), 'NewScenarioPage'),
              },
              {
                path: '/scenarios/:scenarioId/edit',
                lazy: page(() => import('@/features/scenarios/pages/edit-scenario'), 'EditScenarioPage'),
              },
              {
                path: '/scenarios/:scenarioId',
                lazy: page(() => import('./pages/scenario/layout'), 'ScenarioLayout'),
                children: [
                  { index: true, lazy: page(() => import('./pages/scenario/bill'), 'BillPage') },
                  { path: 'logs', lazy: page(() => import('./pages/scenario/logs'), 'LogsPage') },
                  { path: 'rejected', lazy: page(() => import('./pages/scenario/rejected'), 'RejectedPage') },
                  {
                    path: 'reports',
                    lazy: page(() => import('./pages/scenario/reports'), 'ScenarioReportsPage'),
                  },
                  { path: 'send', lazy: page(() => import('./pages/scenario/send'), 'SendPage') },
                ],
              },
              { path: '/compare', lazy: page(() => import('./pages/compare'), 'ComparePage') },
              { path: '/reports', lazy: reports.all },
              { path: '/reports/schedules', lazy: reports.schedules },
              { path: '/reports/schedules/new', lazy: reports.newSchedule },
              { path: '/reports/schedules/:scheduleId', lazy: reports.editSchedule },
              {
                path: '/keys',
                lazy: page(() => import('@/features/api-keys/pages/api-keys'), 'ApiKeysPage'),
              },
              { path: '/prices', lazy: page(() => import('@/features/pricing/pages/prices'), 'PricesPage') },
              { path: '/users', lazy: page(() => import('@/features/users/pages/users'), 'UsersPage') },
              { path: '/account', lazy: page(() => import('@/features/auth/pages/profile'), 'ProfilePage') },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
]);
