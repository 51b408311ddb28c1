import { CopyButton } from './copy-button';

/** Something to paste elsewhere, with its button. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure className="overflow-hidden rounded-md border border-rule bg-well">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-3 border-b border-rule py-1.5 pr-1.5 pl-4 text-xs text-ink-2">
        {label}
        <CopyButton text={code} what={label} look="quiet" />
      </figcaption>
      <div role="group" aria-label={label} tabIndex={0} className="overflow-x-auto -outline-offset-2">
        <pre className="w-max p-4 font-mono text-xs leading-5 text-ink">
          <code>{code}</code>
        </pre>
      </div>
    </figure>
  );
}
