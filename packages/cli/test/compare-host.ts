import { gateEvaluation } from './gate-host.ts';
import { type Files, member, suite } from './host.ts';

/** The suite with buy and one version of win: 534 and 8 of buy, 12 of win alone. */
export function comparePackages(version: Files): { [name: string]: Files } {
  return {
    texts: suite(),
    'texts-buy': member('buy', 'buy'),
    'texts-evaluation': gateEvaluation(),
    'texts-win': version,
  };
}

/** A version of win; what its package.json and record say, and the score of a text, may differ. */
export function win({
  version = '0.1.0',
  manifest = {},
  record = {},
  score,
}: {
  readonly version?: string;
  readonly manifest?: object;
  readonly record?: object;
  readonly score?: string;
} = {}): Files {
  const files = member('win', 'win', { record, ...(score === undefined ? {} : { score }) });
  return { ...files, 'package.json': { ...(files['package.json'] as object), version, ...manifest } };
}
