import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { sql } from "@codemirror/lang-sql";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { clickHouseDialect } from "./clickhouse-dialect.ts";
import { createSqlCompletion, type SqlWords } from "./completion.ts";
import { editorLook } from "./editor-look.ts";
import { errorMark, setErrorMark } from "./error-mark.ts";

export type SqlEditorHandle = ReturnType<typeof createSqlEditor>;

/**
 * The editor, in a shadow tree of `host`: there CodeMirror adopts style sheets instead of writing `<style>` elements, which the page's
 * content security policy refuses. Tab leaves it, as it leaves every field, unless a completion is open.
 */
export function createSqlEditor(
  host: HTMLElement,
  options: {
    label: string;
    hint: string;
    text: string;
    words(): SqlWords | null;
    onChange(text: string): void;
    /** With the text as it is at this very moment: a page that is busy may not have heard of it yet. */
    onRun(text: string): void;
  },
) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
  const run = (target: EditorView) => {
    closeCompletion(target);
    options.onRun(target.state.doc.toString());
    return true;
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [createSqlCompletion(options.words)], icons: false }),
        keymap.of([
          { key: "Tab", run: acceptCompletion },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        sql({ dialect: clickHouseDialect }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": options.label, "data-testid": "sql-text" }),
        placeholder(options.hint),
        editorLook,
        errorMark,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    /** Replaces the text, as one step that can be undone. */
    setText(text: string): void {
      const current = view.state.doc.toString();
      if (current === text) return;
      view.dispatch({ changes: { from: 0, to: current.length, insert: text }, selection: { anchor: 0 } });
    },
    /** Puts a name where the cursor is. */
    insert(text: string): void {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    markError: (place: { from: number; to: number } | null) =>
      view.dispatch({ effects: setErrorMark.of(place) }),
    /** Brings the cursor to a place. */
    goTo(at: number): void {
      view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
