import type { Schema } from '@/lib/api/client';
import type { Pipeline } from './pipeline';

export type Mode = Pipeline['bedrock']['mode'];

export interface Model {
  /** As Bedrock names it, with its cross-region profile's prefix. */
  id: string;
  /** `Anthropic`. */
  provider: string;
  /** For people: the id without what every id has. */
  label: string;
  modes: Mode[];
}

const PROFILES = new Set(['us', 'eu', 'apac', 'global', 'us-gov', 'jp', 'au']);
const PROVIDERS: Record<string, string> = {
  ai21: 'AI21',
  amazon: 'Amazon',
  anthropic: 'Anthropic',
  cohere: 'Cohere',
  deepseek: 'DeepSeek',
  google: 'Google',
  meta: 'Meta',
  minimax: 'MiniMax',
  mistral: 'Mistral AI',
  moonshot: 'Moonshot AI',
  moonshotai: 'Moonshot AI',
  nvidia: 'NVIDIA',
  openai: 'OpenAI',
  qwen: 'Qwen',
  writer: 'Writer',
  xai: 'xAI',
  zai: 'Z.ai',
};

/** The models that are priced in a region, by provider and name. */
export function modelsOf(priced: readonly Schema<'PricedModel'>[]): Model[] {
  return priced
    .map(({ model_id, modes }) => ({ id: model_id, ...named(model_id), modes }))
    .sort((a, b) => a.provider.localeCompare(b.provider) || a.label.localeCompare(b.label));
}

function named(id: string): Pick<Model, 'provider' | 'label'> {
  const parts = id.split('.');
  const profile = PROFILES.has(parts[0] ?? '') ? parts.shift() : undefined;
  const provider = parts.shift() ?? '';
  const name = parts.join('.').replace(/-v\d+(:\d+)?$/, '');
  return { provider: PROVIDERS[provider] ?? provider, label: profile ? `${name} (${profile})` : name };
}
