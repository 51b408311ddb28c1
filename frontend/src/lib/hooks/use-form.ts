import { useCallback, useState, type ChangeEvent, type SubmitEvent } from 'react';
import { useFormats, useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { fieldWording } from '@/lib/api/wording';

export type FieldErrors<Values> = Partial<Record<keyof Values, string>>;

export interface Form<Values> {
  values: Values;
  errors: FieldErrors<Values>;
  /** What the server said of the whole, where no field here is to blame. */
  problem: Error | null;
  pending: boolean;
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void;
  /** What ties a text control to its value. */
  text: (name: TextNames<Values>) => TextControl;
  submit: (event: SubmitEvent<HTMLFormElement>) => void;
}

type TextNames<Values> = { [Name in keyof Values]: Values[Name] extends string ? Name : never }[keyof Values];

interface TextControl {
  value: string;
  onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) => void;
}

/** The fields that have something wrong. */
export function present<Values extends Record<string, string | undefined>>(
  problems: Values,
): { [Name in keyof Values]?: string } {
  const entries = Object.entries(problems).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Values]?: string };
}

interface Options<Values> {
  initial: Values;
  /** What is wrong, by field; nothing where all is well. */
  validate?: (values: Values) => FieldErrors<Values>;
  send: (values: Values) => Promise<void>;
}

/**
 * A form's values, and what is wrong with them: found here, or by the server, whose words land at their field. What
 * was typed stays, whatever becomes of the request.
 */
export function useForm<Values extends object>({ initial, validate, send }: Options<Values>): Form<Values> {
  const words = useMessages().errors.field;
  const format = useFormats();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors<Values>>({});
  const [problem, setProblem] = useState<Error | null>(null);
  const [pending, setPending] = useState(false);

  const set = useCallback(<Name extends keyof Values>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => ({ ...before, [name]: undefined }));
  }, []);

  const text = (name: TextNames<Values>): TextControl => ({
    value: values[name] as string,
    onChange: (event) => set(name, event.target.value as Values[typeof name]),
  });

  const show = (found: FieldErrors<Values>, form: HTMLFormElement) => {
    setErrors(found);
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const found = validate?.(values) ?? {};
    setProblem(null);
    show(found, form);
    if (Object.values(found).some(Boolean)) return;
    // What a control of its own couldn't read isn't sent as what was there before.
    const unread = form.querySelector<HTMLElement>('[data-unread]');
    if (unread) {
      unread.focus();
      return;
    }
    setPending(true);
    send(values)
      .catch((error: unknown) => {
        const { fields, rest } = blame(error, Object.keys(values), (message) =>
          fieldWording(message, words, format),
        );
        show(fields as FieldErrors<Values>, form);
        setProblem(rest);
      })
      .finally(() => setPending(false));
  };

  return { values, errors, problem, pending, set, text, submit };
}

/**
 * Sorts a failure into the fields that it names and, where it names others or none, the whole.
 *
 * @param error what `send` threw.
 * @param names the form's fields; a server's `body.budget_usd` is `budget_usd` here.
 * @param said the server's words in the page's language.
 */
export function blame(
  error: unknown,
  names: readonly string[],
  said: (message: string) => string = (message) => message,
): { fields: Record<string, string>; rest: Error | null } {
  const fields: Record<string, string> = {};
  if (!(error instanceof Error)) return { fields, rest: new Error(String(error)) };
  if (!(error instanceof ApiError) || error.problem.details.length === 0) return { fields, rest: error };
  let unplaced = false;
  for (const { field, message } of error.problem.details) {
    const path = field.split('.');
    const name = names.find((candidate) => path.includes(candidate));
    if (name === undefined) unplaced = true;
    else fields[name] ??= said(message);
  }
  return { fields, rest: unplaced ? error : null };
}
