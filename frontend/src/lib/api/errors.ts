/** What went wrong, in the API's words (`validation_error`, `conflict`, …), or `network` where no answer came. */
export interface Problem {
  status: number;
  code: string;
  message: string;
  details: readonly FieldProblem[];
  requestId: string | null;
  /** Seconds to wait before the same request may succeed, where the server says so. */
  retryAfter: number | null;
}

/** One field that is wrong, by its dotted path in the request: `body.pipeline.sqs.receive_batch_size`. */
export interface FieldProblem {
  field: string;
  message: string;
}

/** A request that didn't do what it should. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }

  get code(): string {
    return this.problem.code;
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.problem.status === 0 || this.problem.status === 429 || this.problem.status >= 502;
  }
}

/** No answer: the network is down, the server is away, or the request was refused on its way. */
export function networkError(): ApiError {
  return new ApiError({
    status: 0,
    code: 'network',
    message: '',
    details: [],
    requestId: null,
    retryAfter: null,
  });
}

/**
 * The error in a response that isn't a success. Something between us and the API (a gateway's 502, say) may answer
 * without its body; the status then says what kind it is.
 *
 * @param response the response, for its status and headers.
 * @param body what was in it, if it was JSON.
 */
export function problemOf(response: Response, body: unknown): ApiError {
  const told = isRecord(body) ? body : {};
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError({
    status: response.status,
    code: text(told['error']) ?? codeOf(response.status),
    message: text(told['message']) ?? '',
    details: Array.isArray(told['details']) ? told['details'].filter(isFieldProblem) : [],
    requestId: text(told['request_id']),
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

function codeOf(status: number): string {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  if (status === 502 || status === 503 || status === 504) return 'unavailable';
  return 'internal_error';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string';
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
