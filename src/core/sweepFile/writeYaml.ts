import { Document, isCollection, isPair, visit } from 'yaml';

/** A collection that is written on one line has at most so many characters. */
const longestLine = 70;

/**
 * YAML for a value, as a person would write it: mappings in lines of their own, lists and small mappings inside them on one
 * line where they are short. Ends with a line break.
 */
export function writeYaml(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Collection: (_, node, path) => {
      const isInside = path.some((parent) => isPair(parent) || (isCollection(parent) && parent !== node));
      if (isInside && JSON.stringify(node.toJS(document)).length <= longestLine) node.flow = true;
    },
    Scalar: (_, node, path) => {
      if (typeof node.value !== 'string' || !/[\r\n]/.test(node.value)) return;
      // Without quotes, the library writes such lines so that they are read as something else.
      const isInBrackets = path.some((parent) => isCollection(parent) && parent.flow === true);
      if (isInBrackets || /^\s|\s\n|\r/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
