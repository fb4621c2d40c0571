import { parseSync } from "vite";

/** A text in a page's source that is shown as it stands, in whatever language is chosen. */
export type SaidText = { line: number; text: string };

type Node = { type: string; start: number } & Record<string, unknown>;

/** Attributes and properties of a component that are not read by people. */
const UNREAD = new Set([
  "className",
  "style",
  "id",
  "key",
  "d",
  "to",
  "href",
  "icon",
  "look",
  "tone",
  "value",
  "keys",
  "aria-keyshortcuts",
  "type",
  "viewBox",
  "points",
  "transform",
  "queryKey",
  "fontFamily",
]);

/** What is said in these is a name of the machine's, or no text at all. */
const UNREAD_NODES = new Set([
  "ImportDeclaration",
  "TSTypeAliasDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAnnotation",
  "TSTypeParameterInstantiation",
  "BinaryExpression",
  "ThrowStatement",
  "TaggedTemplateExpression",
]);

/** Elements whose text is code, keys or a name that is the same in each language. */
const UNREAD_ELEMENTS = new Set(["code", "kbd", "style"]);

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** A sentence, or a word with a capital as labels have it; what is neither is an id, a unit, a command, SQL or a sign. */
function isWords(text: string): boolean {
  if (text.startsWith("`") || text.trimStart().startsWith("SELECT ")) return false;
  return /\p{Ll}{2} \p{L}|\p{L} \p{Ll}{2}/u.test(text) || /^\s*\p{Lu}\p{Ll}+[\s.…]*$/u.test(text);
}

/**
 * The texts of a page's source that stand there without `t(…)`: what is between tags and in text attributes, whatever it is, and
 * every other string that reads as words.
 */
export function saidTexts(file: string, code: string): SaidText[] {
  const found: SaidText[] = [];
  const say = (node: Node, text: string) =>
    found.push({ line: code.slice(0, node.start).split("\n").length, text: text.trim() });

  const visit = (node: Node | null, parent: Node | null): void => {
    if (node === null || UNREAD_NODES.has(node.type)) return;
    switch (node.type) {
      case "CallExpression": {
        const callee = node["callee"] as Node;
        // The key of t(…) is English by intent; its parameters may be words again.
        const isTranslation = callee.type === "Identifier" && callee["name"] === "t";
        const given = node["arguments"] as Node[];
        for (const each of isTranslation ? given.slice(1) : [callee, ...given]) visit(each, node);
        return;
      }
      case "JSXElement": {
        const name = ((node["openingElement"] as Node)["name"] as Node)["name"];
        if (typeof name === "string" && UNREAD_ELEMENTS.has(name)) return;
        break;
      }
      case "JSXAttribute":
        if (UNREAD.has(String((node["name"] as Node)["name"]))) return;
        break;
      case "Property":
      case "PropertyDefinition": {
        const key = node["key"] as Node;
        if (UNREAD.has(String(key["name"] ?? key["value"]))) return;
        visit(node["value"] as Node, node);
        return;
      }
      case "SwitchCase":
        for (const each of node["consequent"] as Node[]) visit(each, node);
        return;
      case "JSXText":
        if (/\p{L}/u.test(String(node["value"]).replaceAll(/&#?\w+;/g, ""))) say(node, String(node["value"]));
        return;
      case "Literal":
        if (typeof node["value"] !== "string") return;
        if (parent?.type === "JSXAttribute" ? isTextAttribute(parent, node["value"]) : isWords(node["value"]))
          say(node, node["value"]);
        return;
      case "TemplateLiteral":
        for (const each of node["quasis"] as Node[]) {
          const text = (each["value"] as { cooked: string }).cooked;
          // Next to a figure a single word is one too: `${units} held`.
          if (
            isWords(text) ||
            (!text.trimStart().startsWith("SELECT ") && /\s\p{L}{3,}|\p{L}{3,}\s/u.test(text))
          )
            say(each, text);
        }
        for (const each of node["expressions"] as Node[]) visit(each, node);
        return;
      default:
    }
    for (const value of Object.values(node)) {
      for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) visit(each, node);
    }
  };

  visit(parseSync(file, code).program as unknown as Node, null);
  return found;
}

const TEXT_ATTRIBUTES = new Set(["aria-label", "title", "placeholder", "label", "alt", "hint", "note"]);

function isTextAttribute(attribute: Node, text: string): boolean {
  return TEXT_ATTRIBUTES.has(String((attribute["name"] as Node)["name"]))
    ? /\p{L}/u.test(text)
    : isWords(text);
}
