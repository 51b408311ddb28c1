import type { Catalogue } from '../en/catalogue';
import { keys, prices, users } from './admin';
import { auth } from './auth';
import { bill, regions, savings, services } from './bill';
import { common, errors } from './common';
import { compare } from './compare';
import { design, whatIf } from './design';
import { onboarding } from './onboarding';
import { reports, schedules } from './reports';
import { logs, scenarios } from './scenarios';
import { shell } from './shell';
import { traffic } from './traffic';

export const it: Catalogue = {
  auth,
  bill,
  common,
  compare,
  design,
  errors,
  keys,
  logs,
  onboarding,
  prices,
  regions,
  reports,
  savings,
  scenarios,
  schedules,
  services,
  shell,
  traffic,
  users,
  whatIf,
};
