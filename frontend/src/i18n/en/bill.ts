export const services = { sqs: 'SQS', lambda: 'Lambda', bedrock: 'Bedrock' };

export const regions: Record<string, string> = {
  'us-east-1': 'N. Virginia',
  'us-west-2': 'Oregon',
  'eu-west-1': 'Ireland',
  'eu-central-1': 'Frankfurt',
};

export const bill = {
  headline: 'Expected month',
  period: (hours: string, region: string) => `A month of ${hours} hours at ${region} prices`,
  interval: (low: string, high: string, share: string) =>
    `Between ${low} and ${high} in ${share} of months, if traffic goes on as recorded`,
  low: 'Low',
  expected: 'Expected',
  high: 'High',
  budget: 'Budget',
  budgetUsed: (percent: string) => `${percent} of the budget`,
  overBudget: (by: string) => `${by} over the budget`,
  noBudget: 'No budget set',
  noFigure: 'No figure yet',
  noFigureLead: 'It comes with the first log.',
  facts: {
    logs: 'Logs a month',
    perThousandLogs: 'Per 1,000 logs',
    perThousandTokens: 'Per 1,000 log tokens',
    recorded: 'Recorded so far, at list price',
    recordedOf: (logs: string, duration: string) => `${logs} logs in ${duration}`,
  },
  breakdown: 'The bill',
  breakdownLead: 'A quantity times a published price, line by line. It adds up exactly.',
  total: 'Expected month',
  formula: (quantity: string, unit: string, price: string, per: string) =>
    `${quantity} ${unit} × ${price} ${per}`,
  units: {
    request: (n: string) => (Number(n) === 1 ? 'request' : 'requests'),
    'GB-second': () => 'GB-s',
    token: (n: string) => (Number(n) === 1 ? 'token' : 'tokens'),
  } as Record<string, (n: string) => string>,
  per: {
    per_million_requests: 'per million requests',
    per_gb_second: 'per GB-second',
    per_1k_tokens: 'per 1,000 tokens',
    per_million_tokens: 'per million tokens',
  } as Record<string, string>,
  items: {
    send: 'Sends',
    receive: 'Receives',
    delete: 'Deletes',
    empty_receive: 'Empty receives of idle pollers',
    requests: 'Requests',
    duration: 'Duration',
    ephemeral_storage: 'Ephemeral storage above 512 MB',
    provisioned_concurrency: 'Environments kept warm',
    provisioned_duration: 'Duration on warm environments',
    input_tokens: 'Input tokens',
    output_tokens: 'Output tokens',
    cache_read_tokens: 'Tokens read from the prompt cache',
    cache_write_tokens: 'Tokens written to the prompt cache',
    free_tier_requests: 'Free tier: requests',
    free_tier_duration: 'Free tier: duration',
  } as Record<string, string>,
  source: {
    open: (item: string) => `Where the price of “${item}” comes from`,
    price: 'Price',
    since: (date: string) => `In force since ${date}`,
    verified: 'Confirmed by AWS’s price list',
    unverified: 'Not confirmed by AWS: no first-hand source was found for this region',
    tier: 'Price tier',
    tiers: {
      standard: 'Standard queue',
      fifo: 'FIFO queue',
      x86_64: 'x86',
      arm64: 'arm64',
      on_demand: 'On demand',
      batch: 'Batch',
      flex: 'Flex',
      priority: 'Priority',
      free: 'Free tier',
    } as Record<string, string>,
    band: (from: string, to: string) => `${from} to ${to} units a month`,
    bandOpen: (from: string) => `above ${from} units a month`,
    link: 'The source',
  },
  unverifiedMark: 'unverified price',
  drivers: 'What drives it',
  driversLead: 'The lines of the bill, the dearest first.',
  driver: (percent: string) => `${percent} of the month`,
  free: 'Free tier',
  freeOn: 'The account’s free tier is counted as this pipeline’s.',
  freeOff: 'No free tier assumed: the account’s other workloads may use it up.',
  empty: 'Nothing is charged.',
  pricingAsOf: (date: string) => `Prices as of ${date}`,
  stamp: (ago: string) => `Computed ${ago}`,
  warningsTitle: 'Before you use this figure',
  warnings: {
    no_traffic: () => 'No traffic was recorded: there is nothing to project.',
    short_sample: (recorded: string) =>
      `The recording is only ${recorded} long: too little to say how far off the month may be.`,
    no_daily_cycle: (recorded: string) =>
      `The recording is only ${recorded} long: less than a day, so quiet or busy hours may be missing.`,
    no_weekly_cycle: (recorded: string) =>
      `The recording is only ${recorded} long: less than a week, so weekends may differ.`,
    long_silence: () => 'Most of the time recorded is one long silence, and that is counted as quiet time.',
    stray_times: () =>
      'Some logs say that they are from long before the scenario ran: they are counted, but the time since then is not.',
    invocation_too_long: () =>
      'A full batch would take longer than the 15 minutes after which Lambda stops a function: it needs smaller batches.',
    prompt_not_cached: () =>
      'The prompt is too short for this model to cache it, so it is charged as input each time.',
    unverified_prices: () =>
      'Some prices are not confirmed by AWS’s price list. They are marked in the bill.',
    unmeasured_tokenizer: () =>
      'How many tokens this model counts was not measured, so the interval includes a guess. `mockupaws calibrate` measures it.',
  } as Record<string, (recorded: string) => string>,
  warningMore: (warning: string) => `More on this: ${warning}`,
  /** The same at length, with what the server says in particular. */
  explained: {
    long_silence: (silence: string) =>
      `Nothing came for ${silence}, most of the time recorded, and that is counted as quiet time. If it wasn’t, record in a scenario of its own, and stop it while nothing is sent.`,
    stray_times: (logs: string) =>
      `Logs with a time long before the scenario ran: ${logs}. They are counted, but the time since then is not.`,
    invocation_too_long: (logs: string, ms: string) =>
      `A full batch of ${logs} logs would take the function ${ms} ms, and Lambda stops it after 15 minutes: it needs smaller batches.`,
    prompt_not_cached: (tokens: string, model: string, least: string) =>
      `The prompt of ${tokens} tokens is too short to be cached, so it is charged as input: ${model} caches prompts of at least ${least}.`,
    unverified_prices: (prices: string) => `Not confirmed by AWS’s price list: ${prices}.`,
    unmeasured_tokenizer: (factor: string, low: string, high: string) =>
      `It is taken to count ${factor} tokens for each that is counted here (cl100k_base), from ${low} to ${high}.`,
  } as Record<string, (...values: string[]) => string>,
};

export const savings = {
  title: 'What would lower it',
  lead: 'Single changes, each alone, by what they save a month. They overlap: together they save less than their sum.',
  together: (saved: string, left: string) => `All of them together save ${saved} a month and leave ${left}.`,
  none: 'No single change that we know of makes this design cheaper.',
  tryIt: 'Try it',
  tryAll: 'Try them all',
  perMonth: (saved: string) => `${saved} a month`,
  ideas: {
    send_batches: (d) => [
      `Send ${d.sqs.send_batch_size} messages a call`,
      'The sender keeps messages back until a batch is full or a moment has passed.',
    ],
    standard_queue: () => ['Use a standard queue', 'Messages may arrive out of order, or twice.'],
    batch_window: (d) => [
      `Let a batch wait ${d.sqs.batch_window_s} s for more messages`,
      `A log is worked on up to ${d.sqs.batch_window_s} s later.`,
    ],
    larger_batches: (d) => [
      `Give Lambda up to ${d.sqs.receive_batch_size} logs at a time, waiting ${d.sqs.batch_window_s} s`,
      `A log is worked on up to ${d.sqs.batch_window_s} s later, and a failed batch is a larger one.`,
    ],
    arm64: () => ['Run the function on arm64', 'What it is built from must exist for arm64.'],
    included_storage: () => [
      'Keep to the 512 MB of /tmp that cost nothing',
      'The function must get by with them.',
    ],
    deduplicate: () => [
      'Don’t ask the model about a message that it has seen',
      'The function must remember hashes, and repeated messages are only counted.',
    ],
    drop_debug: () => ['Keep trace and debug logs from the model', 'It won’t see them.'],
    batch_mode: () => ['Call the model in batch mode', 'Answers come within hours, from files in S3.'],
    flex_mode: () => ['Call the model in flex mode', 'Answers may take longer when Bedrock is busy.'],
    on_demand_mode: () => ['Call the model on demand', 'Calls no longer go before others.'],
    cached_prompt: () => ['Cache the prompt', 'The instructions must come first and stay the same.'],
    larger_prompts: (d) => [
      `Ask about up to ${d.bedrock.logs_per_call} logs in one call, from batches of up to ${d.sqs.receive_batch_size}`,
      `One answer of ${d.bedrock.output_tokens_per_call} tokens must do for them all; a log waits up to ${d.sqs.batch_window_s} s.`,
    ],
    global_profile: (d) => [
      `Call ${d.bedrock.model_id}`,
      'The same model, anywhere in the world: the logs may leave the region.',
    ],
    smaller_model: (d) => [
      `Use ${d.bedrock.model_id}`,
      'A smaller model: hold its answers against the present one’s.',
    ],
  } as Record<string, Idea>,
};

interface IdeaDesign {
  sqs: { send_batch_size: number; batch_window_s: number; receive_batch_size: number };
  bedrock: { model_id: string | null; logs_per_call: number; output_tokens_per_call: number };
}
type Idea = (design: IdeaDesign) => readonly [change: string, consequence: string];
