import { t } from '@vscode/l10n';
import type { Column, Domain } from '../../core/plan/parameterSpace.ts';
import type { ParameterDefinition } from '../../core/sweepFile/reading.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatValue } from '../text/format.ts';
import { histogram } from './histogram.ts';

const firstValues = 10;

/** What is known of a parameter, from everything that defines it: Markdown. */
export function parameterText(name: string, definitions: readonly ParameterDefinition[]): string {
  const own = definitions.filter((definition) => definition.name === name);
  const parts = own.flatMap((definition) => {
    const place = own.length > 1 && definition.block !== '' ? [`\`${definition.block}\``] : [];
    return [...place, ...definitionText(definition)];
  });
  return [`**${escapeMarkdown(name)}**`, ...parts].join('\n\n');
}

function definitionText({ domain, summary }: ParameterDefinition): string[] {
  if (domain === undefined) return summary === '' ? [] : [code(summary)];
  return [summary, code(domainText(domain))];
}

function domainText(domain: Domain): string {
  switch (domain.kind) {
    case 'constant':
      return formatValue(domain.value);
    case 'values':
      return valuesText(domain.values);
    case 'distribution':
      return histogram(domain.distribution);
    default:
      return unreachable(domain);
  }
}

function valuesText(values: Column): string {
  const shown = Array.from({ length: Math.min(firstValues, values.length) }, (_, index) =>
    formatValue(values.at(index) ?? null, 40),
  );
  if (values.length === firstValues + 1) shown.push(formatValue(values.at(firstValues) ?? null, 40));
  else if (values.length > firstValues) {
    shown.push('…', formatValue(values.at(values.length - 1) ?? null, 40));
  }
  return shown.join(', ');
}

function code(text: string): string {
  const fence = text.includes('```') ? '~~~~' : '```';
  return `${fence}text\n${text}\n${fence}`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
}

/** What a name stands for that no parameter defines, but the sweep does. */
export function addedParameters(
  hasReplicates: boolean,
): { readonly name: string; readonly documentation: string }[] {
  if (!hasReplicates) return [];
  return [
    { name: 'replicate', documentation: t('The number of the repetition, from 0: “replicates” adds it.') },
    { name: 'seed', documentation: t('A number that no other run has: “replicates” adds it.') },
  ];
}
